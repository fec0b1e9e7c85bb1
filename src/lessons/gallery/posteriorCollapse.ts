import { t } from "../../language/words.ts";
import type { Failure } from "../failure.ts";

export const posteriorCollapse: Failure = {
  id: "posterior-collapse",
  title: t`Posterior collapse`,
  minutes: 2,
  about: t`A VAE whose latents say nothing.`,
  finding: "posterior-collapse",
  figure: "distance",
  seconds: 6,
  remedy: t`With a smaller weight on the KL term it pays again to say something in the latents.`,
  sources: [
    {
      title: "Generating Sentences from a Continuous Space (S. Bowman et al., 2016)",
      url: "https://arxiv.org/abs/1511.06349",
    },
  ],
  steps: [
    {
      id: "seen",
      title: t`Empty latents`,
      text: [
        t`β weighs the KL term, which asks for latents that look like plain noise. At 8, noise is all they become: the decoder does without them and draws one broad cloud.`,
        t`Look at the KL term and at “dimensions in use”, which fall to 0, and at the {synthetic|points}, which ignore the clusters.`,
      ],
      lab: "data=ring&model=vae&s.beta=8&steps=1200",
    },
    {
      id: "worse",
      title: t`β of 20`,
      text: [
        t`The same with β at 20. One fifth of it is still too much: the remedy has to be pressed twice.`,
      ],
      lab: "data=ring&model=vae&s.beta=20&steps=1200",
    },
  ],
};
