import { t } from "../../language/words.ts";
import type { Failure } from "../failure.ts";

export const discriminatorWins: Failure = {
  id: "discriminator-wins",
  title: t`A discriminator that wins`,
  minutes: 3,
  about: t`It is always right, so the generator learns nothing from it.`,
  finding: "discriminator-wins",
  figure: "distance",
  seconds: 30,
  remedy: t`The R1 penalty holds the discriminator's slope at real rows down, so that it can't be certain and its gradient says where to go.`,
  sources: [
    {
      title:
        "Towards Principled Methods for Training Generative Adversarial Networks (M. Arjovsky, L. Bottou, 2017)",
      url: "https://arxiv.org/abs/1701.04862",
    },
  ],
  steps: [
    {
      id: "seen",
      title: t`Always right`,
      text: [
        t`A table of 400 rows, a discriminator that takes ten large steps for each of the generator's, and no R1 penalty, which would keep it smooth around {real|real rows}. It soon knows them by heart.`,
        t`Look at the losses: the discriminator's falls to 0 and the generator's climbs.`,
      ],
      lab: "model=gan&s.r1=0&s.criticSteps=10&s.learningRate=0.01&steps=350",
    },
    {
      id: "worse",
      title: t`A wider discriminator`,
      text: [t`The same with layers twice as wide in the discriminator.`],
      lab: "model=gan&s.r1=0&s.criticSteps=10&s.learningRate=0.01&s.discriminator=256-256&steps=350",
    },
  ],
};
