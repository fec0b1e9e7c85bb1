/** Who can be put in a race: every model as it comes, a model as it is set in the lab, and the one whose steps are its point. */
import { defaultsFor, modelCard, modelCards } from "../../catalog/models.ts";
import { racerName } from "../../catalog/racers.ts";
import type { ModelSpec } from "../../catalog/spec.ts";
import { t } from "../../language/words.ts";
import { settingsOf, type Setup } from "../../store/setup.ts";

export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly spec: ModelSpec;
}

export function choicesFor(setup: Setup): readonly Choice[] {
  const { kind, model, settings } = setup;
  const plain = modelCards.map(({ id }): Choice => {
    const spec = { id, settings: defaultsFor(id, kind) };
    return { key: id, label: racerName(spec), spec };
  });
  const steps = [1, 2, 8].map((count): Choice => {
    const spec = { id: "ddgan", settings: { ...defaultsFor("ddgan", kind), steps: count } } as const;
    return { key: `ddgan-${count}`, label: racerName(spec), spec };
  });
  const at = 1 + plain.findIndex(({ key }) => key === "ddgan");
  return [
    ...(Object.keys(settings).length > 0
      ? [
          {
            key: "set",
            label: t`${modelCard(model).name}, as set in the lab`,
            spec: { id: model, settings: settingsOf(setup) },
          },
        ]
      : []),
    ...plain.slice(0, at),
    ...steps,
    ...plain.slice(at),
  ];
}

export const usualRacers: readonly string[] = ["gan", "vae", "diffusion", "ddgan"];
/** From a plain GAN to as many steps as it takes. */
export const ddganLine: readonly string[] = ["ddgan-1", "ddgan", "ddgan-8", "diffusion"];
