/** What models are called where several stand side by side. */
import { modelCard } from "./models.ts";
import type { ModelSpec } from "./spec.ts";

/** A racer in a few words: what tells it from others in a race. */
export function racerName({ id, settings }: ModelSpec): string {
  return id === "ddgan" ? `DDGAN, T = ${String(settings["steps"])}` : modelCard(id).name;
}

/** Names of a race's racers; the same name twice is told apart by its place. */
export function racerNames(specs: readonly ModelSpec[]): readonly string[] {
  const names = specs.map(racerName);
  return names.map((name, i) =>
    names.filter((other) => other === name).length > 1
      ? `${name} (${names.slice(0, i + 1).filter((other) => other === name).length})`
      : name,
  );
}
