/** Settings that several models share. */
import { t } from "../../language/words.ts";
import type { Setting } from "../setting.ts";

export const learningRate = (standard: number, help: string): Setting => ({
  key: "learningRate",
  label: t`Learning rate`,
  help,
  kind: "number",
  default: standard,
  min: 1e-6,
  max: 0.1,
  scale: "log",
  main: true,
  live: true,
});

export const batch = (standard: number): Setting => ({
  key: "batch",
  label: t`Batch size`,
  help: t`Rows a step learns from. Larger batches give steadier steps and fewer of them a second.`,
  kind: "number",
  default: standard,
  min: 8,
  max: 2048,
  whole: true,
});

export const average = (standard: number): Setting => ({
  key: "average",
  label: t`Weight average`,
  help: t`Sampling uses a running average of the weights; this much of it is kept at each step, 0 for none.`,
  kind: "number",
  default: standard,
  min: 0,
  max: 0.9999,
  live: true,
});

export const momentum = (standard: number): Setting => ({
  key: "momentum",
  label: t`Momentum (Adam β₁)`,
  help: t`How long a step remembers the direction of earlier ones. Opponents that react to each other want little.`,
  kind: "number",
  default: standard,
  min: 0,
  max: 0.99,
});

export const memory = (standard: number): Setting => ({
  key: "beta2",
  label: t`Scale memory (Adam β₂)`,
  help: t`How long a step remembers how large gradients were.`,
  kind: "number",
  default: standard,
  min: 0.5,
  max: 0.9999,
});

export const sizes = (
  key: string,
  label: string,
  help: string,
  standard: readonly number[],
  main = false,
): Setting => ({
  key,
  label,
  help,
  kind: "sizes",
  default: standard,
  maxLayers: 6,
  maxSize: 1024,
  main,
});

export const activation = (standard: string): Setting => ({
  key: "activation",
  label: t`Activation`,
  help: t`What a hidden unit does with its sum.`,
  kind: "choice",
  default: standard,
  options: [
    { value: "leakyRelu", label: t`Leaky ReLU` },
    { value: "relu", label: "ReLU" },
    { value: "silu", label: "SiLU" },
    { value: "tanh", label: t`tanh` },
  ],
});

export const weightDecay = (standard: number): Setting => ({
  key: "weightDecay",
  label: t`Weight decay`,
  help: t`How strongly weights are drawn to zero (AdamW), for a thousand rows; more rows get less of it, fewer get more. Without it a network learns a small table's rows by heart.`,
  kind: "number",
  default: standard,
  min: 0,
  max: 10,
});

/** Of models that may see rows as pictures. @param when what else must be chosen for it to count. */
export const convolutions = (
  channels: readonly number[],
  when: Readonly<Record<string, string>> = {},
): Setting[] => [
  {
    key: "network",
    label: t`Networks of`,
    help: t`Plain units, each of which sees the whole row; or convolutions over square pictures, which know that pixels have neighbours.`,
    kind: "choice",
    default: "dense",
    options: [
      { value: "dense", label: t`plain units` },
      { value: "convolutions", label: t`convolutions` },
    ],
    when,
  },
  {
    key: "channels",
    label: t`Channels`,
    help: t`Kinds of pattern that are told apart each time the picture is halved, from its full size down. The hidden layers follow where it is smallest.`,
    kind: "sizes",
    default: channels,
    maxLayers: 4,
    maxSize: 256,
    when: { ...when, network: "convolutions" },
  },
];
