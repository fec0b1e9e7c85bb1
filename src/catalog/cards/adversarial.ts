/** Settings of models that have a discriminator. */
import { t } from "../../language/words.ts";
import type { Setting } from "../setting.ts";

export const adversarialLoss = (standard: "non-saturating" | "wgan-gp", main = true): Setting => ({
  key: "loss",
  label: t`Loss`,
  help: t`How the discriminator keeps score: as a probability of being real, or as a distance between real and synthetic (Wasserstein, with a gradient penalty).`,
  kind: "choice",
  default: standard,
  options: [
    { value: "non-saturating", label: t`Non-saturating` },
    { value: "wgan-gp", label: t`Wasserstein with gradient penalty` },
  ],
  main,
});

export const r1 = (standard: number): Setting => ({
  key: "r1",
  label: t`R1 penalty`,
  help: t`Keeps the non-saturating discriminator smooth around real rows, which calms training; 0 turns it off.`,
  kind: "number",
  default: standard,
  min: 0,
  max: 100,
  when: { loss: "non-saturating" },
});

export const lambda = (standard: number): Setting => ({
  key: "lambda",
  label: t`Gradient penalty λ`,
  help: t`Keeps the Wasserstein discriminator's slope near 1.`,
  kind: "number",
  default: standard,
  min: 0,
  max: 100,
  when: { loss: "wgan-gp" },
});
