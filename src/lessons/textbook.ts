import type { Lesson } from "./lesson.ts";

const adam = "s.learningRate=0.0002&s.batch=64&s.average=0";

export const textbook: Lesson = {
  id: "textbook",
  title: "Three textbook networks, mended",
  minutes: 10,
  about: "What tutorials print, what goes wrong, and the smallest change that mends it.",
  sources: [
    {
      title: "Generative Adversarial Networks (I. Goodfellow et al., 2014)",
      url: "https://arxiv.org/abs/1406.2661",
    },
    {
      title: "Auto-Encoding Variational Bayes (D. Kingma, M. Welling, 2014)",
      url: "https://arxiv.org/abs/1312.6114",
    },
  ],
  steps: [
    {
      id: "tanh",
      title: "A generator that ends in tanh",
      text: [
        "The data are standard normals; about a third of their values lie outside (−1, 1). This generator ends in tanh, as image GANs do.",
      ],
      lab: "data=gaussian-10&model=gan&s.output=tanh&steps=1000&view=columns",
      predict: {
        question: "Which part of each column will be missing?",
        options: ["The middle", "Both tails"],
        answer: 1,
        why: "tanh can't answer outside (−1, 1). A classifier needs nothing else: “Not told apart” ended at 0.00.",
      },
      goal: {
        words: "Not told apart: 0.1 or less, at the end",
        figure: "told",
        atMost: 0.1,
        atEnd: true,
        withinSeconds: 30,
      },
    },
    {
      id: "tanh-mended",
      title: "The same without tanh",
      text: ["One setting is changed: numbers leave through what each column needs."],
      lab: "data=gaussian-10&model=gan&steps=1000&view=columns",
      goal: {
        words: "Not told apart: 0.5 or more, at the end",
        figure: "told",
        atLeast: 0.5,
        atEnd: true,
        withinSeconds: 40,
      },
    },
    {
      id: "cross-entropy",
      title: "Cross-entropy outside [0, 1]",
      text: [
        "This VAE compares rows by cross-entropy through a sigmoid, which wants targets in [0, 1]. Half of these are negative.",
      ],
      lab: `data=gaussian-10&model=vae&${adam}&s.latent=2&s.hidden=128-64&s.likelihood=bernoulli&s.reduction=sum&steps=1000&view=columns`,
      goal: {
        words: "1,000 steps done: see what became of the columns",
        figure: "step",
        atLeast: 1000,
        withinSeconds: 30,
      },
    },
    {
      id: "cross-entropy-mended",
      title: "The same by a Gaussian likelihood",
      text: [
        "One setting is changed: rows are compared column by column, as numbers. Column shapes went from 0.50 to 0.82 in our runs.",
      ],
      lab: `data=gaussian-10&model=vae&${adam}&s.latent=2&s.hidden=128-64&s.reduction=sum&steps=1000&view=columns`,
      goal: { words: "Column shapes of 0.7 or more", figure: "shape", atLeast: 0.7, withinSeconds: 30 },
    },
    {
      id: "one-step",
      title: "One denoising step through a sigmoid",
      text: [
        "Many tutorials call a denoising autoencoder “diffusion”: one noise level, no chain from noise to data. This one answers through a sigmoid, so that no {synthetic|synthetic number} is negative.",
      ],
      lab: "data=gaussian-10&model=diffusion&s.process=one-step&s.output=sigmoid&s.hidden=128&steps=600&view=columns",
      goal: {
        words: "Column shapes of 0.6 or less, at the end",
        figure: "shape",
        atMost: 0.6,
        atEnd: true,
        withinSeconds: 20,
      },
    },
    {
      id: "many-steps",
      title: "Diffusion",
      text: ["All noise levels and a chain of 20 steps, on the same data."],
      lab: "data=gaussian-10&model=diffusion&steps=600&view=columns",
      goal: { words: "Not told apart: 0.8 or more", figure: "told", atLeast: 0.8, withinSeconds: 30 },
    },
  ],
};
