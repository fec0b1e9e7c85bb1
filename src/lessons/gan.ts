import { t } from "../language/words.ts";
import type { Lesson } from "./lesson.ts";

const paper = {
  title: "Generative Adversarial Networks (I. Goodfellow et al., 2014)",
  url: "https://arxiv.org/abs/1406.2661",
};

export const gan: Lesson = {
  id: "gan",
  title: t`GAN: a game of two networks`,
  minutes: 9,
  about: t`A generator and a discriminator, and modes that come and go.`,
  sources: [paper],
  steps: [
    {
      id: "game",
      title: t`The game`,
      text: [
        t`A generator turns noise into {synthetic|synthetic points}. A discriminator is shown those and {real|real ones}, and learns to tell them apart; the generator learns to fool it.`,
        t`The data are eight clusters on a circle. Train, and see clusters found one after another.`,
      ],
      lab: "data=ring&model=gan&steps=1500",
      goal: {
        words: t`Distance 0.02 or less`,
        figure: "distance",
        atMost: 0.02,
        withinSeconds: 20,
      },
    },
    {
      id: "believes",
      title: t`Inside: what the discriminator believes`,
      text: [
        t`The Inside view shows the discriminator’s verdict over the plane: blue where it takes points for {real|real}, vermilion where for {synthetic|made}. Arrows say where each made point is told to go. Beside it the generator’s noise, a square net bent over the clusters.`,
        t`Early on the map is a landscape with steep slopes. Watch what becomes of it.`,
      ],
      // A seed of its own: the step before has this setup otherwise, and its run would give the answer away.
      lab: "data=ring&model=gan&seed=8&steps=1500&view=inside",
      predict: {
        question: t`At the end, how sure is it of a real point?`,
        options: [t`Nearly 100 %`, t`Little more than 50 %`],
        answer: 1,
        why: t`Where made points lie as real ones do, no verdict is better than a coin’s: both means end near 50 %, and its loss near 2 ln 2 = 1.39 (1.30 in our runs).`,
      },
      goal: { words: t`1,500 steps done`, figure: "step", atLeast: 1500, withinSeconds: 50 },
      note: {
        text: t`The best discriminator says p(real) / (p(real) + p(made)), which is one half everywhere once the two agree.`,
        source: { title: "Generative Adversarial Networks, section 4.1", url: paper.url },
      },
    },
    {
      id: "collapse",
      title: t`Modes that get lost`,
      text: [
        t`Twenty-five tight clusters, and no penalty that calms the discriminator (R1 is 0). Watch how many of them the generator hits as it goes.`,
      ],
      lab: "data=grid&model=gan&s.r1=0&steps=1500",
      predict: {
        question: t`How does the number of clusters that are hit change?`,
        options: [t`It only grows`, t`It grows, falls and grows again`],
        answer: 1,
        why: t`The generator is rewarded for points that the discriminator takes for real, not for covering all of them. Measured with this seed: 21 after 290 steps, 9 from 320 to 710, all 25 from 970 on. Where it stays low that is mode collapse.`,
      },
      goal: {
        words: t`24 clusters hit, at the end`,
        figure: "modes",
        atLeast: 24,
        atEnd: true,
        withinSeconds: 45,
      },
      note: {
        text: t`A generator may do well by its loss with a few good points; nothing in the loss counts modes.`,
        source: {
          title: "NIPS 2016 Tutorial: Generative Adversarial Networks, section 5.1",
          url: "https://arxiv.org/abs/1701.00160",
        },
      },
    },
  ],
};
