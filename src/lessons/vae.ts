import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

const paper = {
  title: "Auto-Encoding Variational Bayes (D. Kingma, M. Welling, 2014)",
  url: "https://arxiv.org/abs/1312.6114",
};

export const vae: Lesson = {
  id: "vae",
  title: t`VAE: squeeze and unfold`,
  minutes: 9,
  about: t`Reconstruction against the KL term, what β trades, and latents that go empty.`,
  sources: [
    paper,
    { title: "beta-VAE (I. Higgins et al., 2017)", url: "https://openreview.net/forum?id=Sy2fzU9gl" },
  ],
  steps: [
    {
      id: "two-terms",
      title: t`Two terms`,
      text: [
        t`An encoder squeezes each {real|real row} into a few latent numbers, a decoder brings it back. The loss asks for rows that come back right (reconstruction) and for latents that look like plain noise (KL), so that noise can be decoded into {synthetic|synthetic rows}.`,
      ],
      lab: "data=ring&model=vae&steps=1500",
      goal: { words: t`Distance 0.03 or less`, figure: "distance", atMost: 0.03, withinSeconds: 20 },
    },
    {
      id: "latents",
      title: t`Inside: where rows lie among the latents`,
      text: [
        t`The Inside view shows each {real|training row} among the two latents, with a ring for how sure the encoder is, and the latents’ square net as the decoder lays it over the plane. Train, then draw a path with the pointer, or press “Path between two rows”.`,
      ],
      // A seed of its own: the step before has this setup otherwise, and its run would give the answer away.
      lab: "data=ring&model=vae&seed=8&steps=1500&view=inside",
      predict: {
        question: t`What does the path pass through on its way between two clusters?`,
        options: [t`Only through clusters`, t`Also through places without rows`],
        answer: 1,
        why: t`The decoder is continuous and the latents have no gaps, so between two clusters it must cross empty ground: that is where a VAE’s blurred rows come from.`,
      },
      goal: { words: t`1,500 steps done`, figure: "step", atLeast: 1500, withinSeconds: 30 },
    },
    {
      id: "beta",
      title: t`Too much β`,
      text: [t`β weighs the KL term. Here it is 8, twenty times as much as before.`],
      lab: "data=ring&model=vae&s.beta=8&steps=1500",
      predict: {
        question: t`After as many steps, are the points nearer to the held-out ones or farther?`,
        options: [t`Nearer`, t`Farther`],
        answer: 1,
        why: t`Latents that must look like noise can’t say much about the row: in our runs the distance ended at 0.03 instead of below 0.01.`,
      },
      goal: { words: t`1,500 steps done`, figure: "step", atLeast: 1500, withinSeconds: 25 },
    },
    {
      id: "collapse",
      title: t`Posterior collapse`,
      text: [
        t`At β = 20 the encoder says nothing any more. Watch the rings in the Inside view become one big one around the middle, and the bars of what each latent says go to 0. “Worth a look” names it.`,
        t`Its remedy lowers β to 4, which is still too much here; pressed once more it is 0.8, and the latents speak again.`,
      ],
      lab: "data=ring&model=vae&s.beta=20&steps=1500&view=inside",
      predict: {
        question: t`What is the KL term at the end, beside 3.4 nats at the usual β of 0.4?`,
        options: [t`About 0.4 nats`, t`As good as nothing`],
        answer: 1,
        why: t`It ended below 0.001 nats: every row gets the same latents, those of plain noise, and the decoder draws all of its rows from one average.`,
      },
      goal: {
        words: t`KL of 0.1 nats or less, at the end`,
        figure: "kl",
        atMost: 0.1,
        atEnd: true,
        withinSeconds: 25,
      },
      note: {
        text: t`Where the decoder does as well without the latents, the cheapest way to pay the KL term is to say nothing.`,
        source: {
          title: "Generating Sentences from a Continuous Space (S. Bowman et al., 2016)",
          url: "https://arxiv.org/abs/1511.06349",
        },
      },
    },
  ],
};
