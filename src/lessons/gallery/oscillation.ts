import { t } from "../../language/words.ts";
import type { Failure } from "../failure.ts";

export const oscillation: Failure = {
  id: "oscillation",
  title: t`Oscillation`,
  minutes: 3,
  about: t`Two networks that chase each other and get nowhere.`,
  finding: "oscillation",
  figure: "distance",
  seconds: 12,
  remedy: t`Without a penalty the two circle around the point where they should meet; R1 makes the circle a spiral that ends there.`,
  sources: [
    {
      title: "Which Training Methods for GANs do actually Converge? (L. Mescheder et al., 2018)",
      url: "https://arxiv.org/abs/1801.04406",
    },
  ],
  steps: [
    {
      id: "seen",
      title: t`Round and round`,
      text: [
        t`Small networks, large steps with momentum, no R1 penalty (which keeps the discriminator smooth around real rows), and no average over the weights that would hide it. The {synthetic|points} come near the {real|clusters} and are thrown off again.`,
        t`Look at the distance to {holdout|held-out rows}: it swings, and so do both losses. The speed is limited so that there is time for enough looks.`,
      ],
      lab: "data=ring&model=gan&s.r1=0&s.average=0&s.momentum=0.9&s.generator=32-32&s.discriminator=32-32&s.learningRate=0.01&steps=1000&speed=90",
    },
    {
      id: "worse",
      title: t`Twice the step`,
      text: [t`The same with twice the learning rate.`],
      lab: "data=ring&model=gan&s.r1=0&s.average=0&s.momentum=0.9&s.generator=32-32&s.discriminator=32-32&s.learningRate=0.02&steps=1000&speed=90",
    },
  ],
};
