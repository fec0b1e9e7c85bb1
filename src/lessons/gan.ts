import type { Lesson } from "./lesson.ts";

const paper = {
  title: "Generative Adversarial Networks (I. Goodfellow et al., 2014)",
  url: "https://arxiv.org/abs/1406.2661",
};

export const gan: Lesson = {
  id: "gan",
  title: "GAN: a game of two networks",
  minutes: 7,
  about: "A generator and a discriminator, and modes that come and go.",
  sources: [paper],
  steps: [
    {
      id: "game",
      title: "The game",
      text: [
        "A generator turns noise into {synthetic|synthetic points}. A discriminator is shown those and {real|real ones}, and learns to tell them apart; the generator learns to fool it.",
        "The data are eight clusters on a circle. Train, and see clusters found one after another.",
      ],
      lab: "data=ring&model=gan&steps=1500",
      goal: {
        words: "Distance 0.02 or less",
        figure: "distance",
        atMost: 0.02,
        withinSeconds: 30,
      },
    },
    {
      id: "collapse",
      title: "Modes that get lost",
      text: [
        "Twenty-five tight clusters, and no penalty that calms the discriminator (R1 is 0). Watch how many of them the generator hits as it goes.",
      ],
      lab: "data=grid&model=gan&s.r1=0&steps=1500",
      predict: {
        question: "How does the number of clusters that are hit change?",
        options: ["It only grows", "It grows, falls and grows again"],
        answer: 1,
        why: "The generator is rewarded for points that the discriminator takes for real, not for covering all of them. Measured here with this seed: 21, then 7, then all 25. Where it stays low that is mode collapse.",
      },
      goal: { words: "20 clusters hit at some time", figure: "modes", atLeast: 20, withinSeconds: 30 },
      note: {
        text: "A generator may do well by its loss with a few good points; nothing in the loss counts modes.",
        source: {
          title: "NIPS 2016 Tutorial: Generative Adversarial Networks, section 5.1",
          url: "https://arxiv.org/abs/1701.00160",
        },
      },
    },
  ],
};
