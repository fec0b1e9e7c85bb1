/** A run's settings in a sentence that lets a reader make it again. */
import { datasetCards } from "../catalog/datasets.ts";
import { modelCard } from "../catalog/models.ts";
import { applies } from "../catalog/setting.ts";
import { spoken, t } from "../language/words.ts";
import { settingsOf, type Setup } from "../store/setup.ts";

/** Every setting that counts, in the order of the model's card: "latent size 16, hidden layers 128-128". */
export function settingWords(setup: Setup): string {
  const values = settingsOf(setup);
  return modelCard(setup.model)
    .settings.filter((setting) => applies(setting, values) && (setting.kinds?.includes(setup.kind) ?? true))
    .map(({ key, label }) => `${lowered(label)} ${wordsOf(values[key])}`)
    .join(", ");
}

/** "Latent size" within a sentence; "KL weight" stays. */
const lowered = (label: string): string =>
  spoken === undefined ? label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase()) : label;

function wordsOf(value: ReturnType<typeof settingsOf>[string] | undefined): string {
  if (Array.isArray(value)) return value.join("-");
  return value === true ? "on" : value === false ? "off" : String(value);
}

/** @param step training steps taken; undefined before a run. @param version of Likeness. */
export function citationOf(setup: Setup, version: string, step?: number): string {
  const card = modelCard(setup.model);
  const values = settingsOf(setup);
  const { authors, year, title } =
    card.variants?.find(({ when }) =>
      Object.entries(when).every(([key, value]) => String(values[key]) === String(value)),
    )?.paper ?? card.paper;
  const data =
    setup.dataset === "own"
      ? t`a table of one's own`
      : t`the built-in data “${datasetCards.find(({ id }) => id === setup.dataset)?.name ?? setup.dataset}”`;
  const { unit, amount } = setup.budget;
  const length = step === undefined ? `${amount} ${t(unit)}` : t`${step} steps`;
  const settings = settingWords(setup);
  return (
    t`${card.name} (${authors}: ${title}, ${year}) as implemented in Likeness ${version}, on ${data}; ` +
    t`${card.instant ? "" : `${length}; `}seed ${setup.seed}; ${Math.round(setup.holdout * 100)} % of rows held out; ` +
    t`numbers scaled by ${setup.numeric}${settings === "" ? "" : `; ${settings}`}.`
  );
}
