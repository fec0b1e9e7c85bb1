/** What a class handed in, as a scatter of one control against the figure that was asked for. */
import { modelCard } from "../catalog/models.ts";
import { t } from "../language/words.ts";
import { settingsOf, type Setup } from "./setup.ts";

/** A control in which results differ. */
export interface ClassAxis {
  readonly key: string;
  readonly label: string;
  /** By result: a number, or the place among `names`. */
  readonly at: readonly number[];
  readonly names?: readonly string[];
}

/** Controls that differ between setups, those of the models' settings first; of settings that a model lacks there is no axis. */
export function classAxes(setups: readonly Setup[]): readonly ClassAxis[] {
  const models = new Set(setups.map(({ model }) => model));
  const first = setups[0];
  if (first === undefined) return [];
  const settings =
    models.size > 1
      ? []
      : modelCard(first.model).settings.map(({ key, label }) => ({
          key: `s.${key}`,
          label,
          of: (setup: Setup) => settingsOf(setup)[key],
        }));
  const all = [
    ...settings,
    { key: "model", label: t`Model`, of: ({ model }: Setup) => modelCard(model).name },
    { key: "budget", label: t`Budget`, of: ({ budget }: Setup) => budget.amount },
    { key: "seed", label: t`Seed`, of: ({ seed }: Setup) => seed },
    { key: "data", label: t`Data`, of: ({ dataset }: Setup) => dataset },
  ];
  return all.flatMap(({ key, label, of }) => {
    const values = setups.map(of);
    if (new Set(values.map(String)).size < 2) return [];
    if (values.every((value) => typeof value === "number")) return [{ key, label, at: values as number[] }];
    const words = values.map((value) => (Array.isArray(value) ? value.join("-") : String(value)));
    const names = [...new Set(words)].toSorted();
    const at = words.map((word) => names.indexOf(word));
    return [{ key, label, at, names }];
  });
}
