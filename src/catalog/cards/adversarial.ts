/** Settings of models that have a discriminator. */
import type { Setting } from "../setting.ts";

export const adversarialLoss = (standard: "non-saturating" | "wgan-gp", main = true): Setting => ({
  key: "loss",
  label: "Loss",
  help: "How the discriminator keeps score: as a probability of being real, or as a distance between real and synthetic (Wasserstein, with a gradient penalty).",
  kind: "choice",
  default: standard,
  options: [
    { value: "non-saturating", label: "Non-saturating" },
    { value: "wgan-gp", label: "Wasserstein with gradient penalty" },
  ],
  main,
});

export const r1 = (standard: number): Setting => ({
  key: "r1",
  label: "R1 penalty",
  help: "Keeps the non-saturating discriminator smooth around real rows, which calms training; 0 turns it off.",
  kind: "number",
  default: standard,
  min: 0,
  max: 100,
  when: { loss: "non-saturating" },
});

export const lambda = (standard: number): Setting => ({
  key: "lambda",
  label: "Gradient penalty λ",
  help: "Keeps the Wasserstein discriminator's slope near 1.",
  kind: "number",
  default: standard,
  min: 0,
  max: 100,
  when: { loss: "wgan-gp" },
});
