import { t } from "../../language/words.ts";
import type { Failure } from "../failure.ts";

export const modeCollapse: Failure = {
  id: "mode-collapse",
  title: t`Mode collapse`,
  minutes: 3,
  about: t`A GAN that gives up clusters it had found.`,
  finding: "mode-collapse",
  figure: "distance",
  seconds: 15,
  remedy: t`A Wasserstein critic says how far rows are from real ones instead of whether they pass, so that an empty cluster still pulls.`,
  sources: [
    {
      title: "Wasserstein Generative Adversarial Networks (M. Arjovsky et al., 2017)",
      url: "https://arxiv.org/abs/1701.07875",
    },
  ],
  steps: [
    {
      id: "seen",
      title: t`Clusters that empty`,
      text: [
        t`Eight clusters, five discriminator steps for each of the generator's, and no penalty that calms them (R1 is 0). The generator is rewarded for {synthetic|points} that pass, not for points everywhere.`,
        t`Look at the plane: clusters that had points lose them, and the distance to {holdout|held-out rows} grows while it trains.`,
      ],
      lab: "data=ring&model=gan&s.r1=0&s.criticSteps=5&steps=600",
    },
    {
      id: "worse",
      title: t`Larger steps`,
      text: [
        t`The same with a learning rate two and a half times as high: each network runs further after the other before it is answered.`,
      ],
      lab: "data=ring&model=gan&s.r1=0&s.criticSteps=5&s.learningRate=0.005&steps=600",
    },
  ],
};
