/** A model and what differs from its defaults, in one word: "diffusion:process=edm:hidden=256x256". */
import type { ModelId } from "./card.ts";
import type { DatasetKind } from "./datasets.ts";
import { defaultsFor, modelCards } from "./models.ts";
import { faultOf, type Setting, type Settings, type SettingValue } from "./setting.ts";

export interface ModelSpec {
  readonly id: ModelId;
  /** All settings, those that were not named at the defaults for this kind of data. */
  readonly settings: Settings;
}

/**
 * Sizes of layers are joined by "x", switches are "on" or "off".
 * @param before settings that stand in for the defaults, as another run's whose weights this one begins with.
 * @throws Error in words for a model, a setting or a value that is not on offer.
 */
export function parseModelSpec(text: string, kind: DatasetKind = "table", before: Settings = {}): ModelSpec {
  const [name = "", ...parts] = text.split(":");
  const card = modelCards.find(({ id }) => id === name);
  if (card === undefined)
    throw new Error(
      `There is no model called "${name}". There are ${modelCards.map(({ id }) => id).join(", ")}.`,
    );
  const chosen = parts.map((part): [string, SettingValue] => {
    const [key = "", value = ""] = part.split(/=(.*)/s);
    const setting = card.settings.find((candidate) => candidate.key === key);
    if (setting === undefined) {
      const known = card.settings.map((candidate) => candidate.key).join(", ") || "none";
      throw new Error(`${card.name} has no setting "${key}" to be set as key=value. Its settings: ${known}.`);
    }
    const read = valueOf(setting, value);
    const fault = faultOf(setting, read);
    if (fault !== undefined) throw new Error(`"${part}" can't be set: ${fault}`);
    return [key, read];
  });
  return {
    id: card.id,
    settings: { ...defaultsFor(card.id, kind), ...before, ...Object.fromEntries(chosen) },
  };
}

/** What the text says for this kind of setting; what it can't say is left for `faultOf` to refuse. */
function valueOf({ kind }: Setting, text: string): SettingValue {
  switch (kind) {
    case "number":
      return text.trim() === "" ? NaN : Number(text);
    case "sizes":
      return text.split("x").map(Number);
    case "switch":
      return text === "on" ? true : text === "off" ? false : text;
    case "choice":
      return text;
    default:
      kind satisfies never;
      return text;
  }
}
