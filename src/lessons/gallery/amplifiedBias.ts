import { t } from "../../language/words.ts";
import type { Failure } from "../failure.ts";

export const amplifiedBias: Failure = {
  id: "amplified-bias",
  title: t`Amplified bias`,
  minutes: 3,
  about: t`What is less common in the table becomes rare in the rows.`,
  finding: "amplified-bias",
  figure: "distance",
  seconds: 10,
  remedy: t`CTGAN is told which category to draw, as often as the table has it, and is fined where it draws another. It can't trade one for a more common one.`,
  sources: [
    {
      title:
        "Men Also Like Shopping: Reducing Gender Bias Amplification using Corpus-level Constraints (J. Zhao et al., 2017)",
      url: "https://arxiv.org/abs/1707.09457",
    },
    {
      title: "Modeling Tabular Data using Conditional GAN (L. Xu et al., 2019)",
      url: "https://arxiv.org/abs/1907.00503",
    },
  ],
  steps: [
    {
      id: "seen",
      title: t`Less becomes little`,
      text: [
        t`A plain GAN without R1 (a penalty that keeps the discriminator smooth), two discriminator steps for each of the generator's. {synthetic|Rows} of the common kinds pass most easily, so there will be more of them than among the {real|real rows}, and fewer of the others.`,
        t`Look at the Columns view: which islands and habitats shrink?`,
      ],
      lab: "model=gan&s.r1=0&s.criticSteps=2&steps=400&view=columns",
    },
    {
      id: "worse",
      title: t`Never drawn at all`,
      text: [t`Five discriminator steps instead of two, and more of them: whole species are gone.`],
      lab: "model=gan&s.r1=0&s.criticSteps=5&steps=500&view=columns",
    },
  ],
};
