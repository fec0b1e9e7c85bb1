/** `likeness models`: the catalog's cards for people, or as JSON for programs. */
import type { ModelCard } from "../src/catalog/card.ts";
import { defaultsFor, modelCards } from "../src/catalog/models.ts";
import type { Setting, SettingValue } from "../src/catalog/setting.ts";
import type { Models } from "./arguments.ts";
import { done, type Terminal } from "./terminal.ts";

export async function models({ model, json }: Models, terminal: Terminal): Promise<number> {
  const cards = modelCards.filter(({ id }) => model === undefined || id === model);
  if (json) await terminal.out(`${JSON.stringify(model === undefined ? cards : cards[0], null, 2)}\n`);
  else await terminal.out(model === undefined ? list(cards) : cards.map(details).join("\n"));
  return done;
}

function list(cards: readonly ModelCard[]): string {
  const widest = Math.max(...cards.map(({ id }) => id.length));
  const lines = cards.map(({ id, name, summary }) => `${id.padEnd(widest)}  ${name}: ${summary}`);
  return `${lines.join("\n")}\n\nlikeness models <name> shows a model's settings.\n`;
}

function details(card: ModelCard): string {
  const { id, name, summary, paper, settings } = card;
  const standard = defaultsFor(id, "table");
  const widest = Math.max(0, ...settings.map(({ key }) => key.length));
  const lines = settings.map((setting) => {
    const indent = " ".repeat(widest + 4);
    return `  ${setting.key.padEnd(widest)}  ${setting.label}: ${boundsOf(setting)}, ${written(standard[setting.key]!)} unless given.\n${indent}${setting.help}`;
  });
  const source = `${paper.authors}: ${paper.title}, ${paper.year}. ${paper.url}`;
  const heading = settings.length === 0 ? "No settings." : "Settings (--set key=value), defaults for tables:";
  return `${id}: ${name}\n${summary}\n${source}\n\n${[heading, ...lines].join("\n")}\n`;
}

/** A value as --set takes it. */
const written = (value: SettingValue): string =>
  Array.isArray(value)
    ? value.join("x")
    : typeof value === "boolean"
      ? value
        ? "on"
        : "off"
      : String(value);

function boundsOf(setting: Setting): string {
  switch (setting.kind) {
    case "number":
      return `${setting.whole === true ? "a whole number" : "a number"} from ${setting.min} to ${setting.max}`;
    case "choice":
      return setting.options.map(({ value }) => value).join(" or ");
    case "sizes":
      return `1 to ${setting.maxLayers} sizes up to ${setting.maxSize}, joined by x`;
    case "switch":
      return "on or off";
    default:
      setting satisfies never;
      return "";
  }
}
