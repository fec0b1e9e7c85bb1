import { t } from "../../language/words.ts";
import type { Failure } from "../failure.ts";

export const shortSchedule: Failure = {
  id: "short-schedule",
  title: t`Too short a noise schedule`,
  minutes: 2,
  about: t`Diffusion that goes from noise to rows in two steps.`,
  finding: "short-schedule",
  figure: "distance",
  seconds: 6,
  remedy: t`What was learned is the same: drawing takes more and smaller steps, each with little left to guess. The run goes on with them.`,
  sources: [
    {
      title: "Denoising Diffusion Implicit Models (J. Song et al., 2021)",
      url: "https://arxiv.org/abs/2010.02502",
    },
  ],
  steps: [
    {
      id: "seen",
      title: t`Two steps`,
      text: [
        t`The denoiser answers with the average of all rows that a noisy one may have been. From pure noise that is the middle of everything, so one or two steps leave {synthetic|points} between the {real|clusters}.`,
        t`Look at the plane, and at how many points lie near a cluster.`,
      ],
      lab: "data=ring&model=diffusion&s.samplingSteps=2&steps=600",
    },
    {
      id: "worse",
      title: t`One step`,
      text: [t`The same in a single step: every {synthetic|point} is the average of all rows.`],
      lab: "data=ring&model=diffusion&s.samplingSteps=1&steps=600",
    },
  ],
};
