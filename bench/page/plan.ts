/** What is measured, in which order, and the figures as text to take along. */
import { shapes, stepNames } from "../steps.ts";
import type { StepName } from "../steps.ts";
import type { Costs, On, Whose } from "./message.ts";

export interface Part {
  readonly whose: Whose;
  readonly on: On;
}

export const parts: readonly Part[] = [
  { on: "webgpu", whose: "ours" },
  { on: "webgpu", whose: "stock" },
  { on: "wasm", whose: "ours" },
  { on: "wasm", whose: "stock" },
];

export const backends: readonly { readonly on: On; readonly title: string }[] = [
  { on: "webgpu", title: "WebGPU" },
  { on: "wasm", title: "WebAssembly" },
];

const chain = (sizes: readonly number[]): string => sizes.join("-");

export const titles: Readonly<Record<StepName, { readonly title: string; readonly words: string }>> = {
  ref: { title: "Regression", words: `${chain(shapes.ref.sizes)}, batch ${shapes.ref.batch}` },
  critic: {
    title: "WGAN-GP critic",
    words: `${chain(shapes.critic.critic)}, batch ${shapes.critic.batch}, ten rows a judgement`,
  },
  denoiser: { title: "Denoiser", words: `${chain(shapes.denoiser.sizes)}, batch ${shapes.denoiser.batch}` },
  toy: { title: "Points in the plane", words: `${chain(shapes.toy.sizes)}, batch ${shapes.toy.batch}` },
};

export interface Figures {
  /** What the GPU calls itself; "" where none was measured. */
  readonly adapter: string;
  /** Why there are no figures, by backend. */
  readonly missing: Readonly<Partial<Record<On, string>>>;
  readonly costs: Readonly<Partial<Record<`${On} ${Whose}`, Costs>>>;
}

export const nothing: Figures = { adapter: "", missing: {}, costs: {} };

export interface Row {
  readonly name: StepName;
  /** Steps a second; undefined where not measured. */
  readonly stock: number | undefined;
  readonly ours: number | undefined;
  /** Milliseconds a step that ours kept the GPU at work, by its own clock; undefined where it has none. */
  readonly gpuMs: number | undefined;
}

const perSecond = (costs: Costs | undefined, name: StepName): number | undefined =>
  costs === undefined ? undefined : 1000 / costs[name].ms;

export const rowsOf = ({ costs }: Figures, on: On): readonly Row[] =>
  stepNames.map((name) => ({
    name,
    stock: perSecond(costs[`${on} stock`], name),
    ours: perSecond(costs[`${on} ours`], name),
    gpuMs: costs[`${on} ours`]?.[name].gpuMs,
  }));

/** What a GPU's clock said, which a browser rounds. */
export const milliseconds = (value: number | undefined): string =>
  value === undefined ? "–" : `${Number(value.toPrecision(2))} ms`;

export const speed = (value: number | undefined): string =>
  value === undefined
    ? "–"
    : Number(value.toPrecision(value < 10 ? 2 : 3)).toLocaleString("en", { maximumFractionDigits: 1 });

export const ratio = ({ stock, ours }: Row): string =>
  stock === undefined || ours === undefined ? "–" : `${(ours / stock).toPrecision(2).replace(/\.0$/, "")}×`;

/**
 * A table that a forum, an issue or a README shows as one.
 * @param facts where, with what and when, to stand under it.
 */
export function markdown(figures: Figures, facts: readonly string[]): string {
  const tables = backends.flatMap(({ on, title }) =>
    figures.missing[on] === undefined
      ? [
          [
            `| ${title}, steps/s | stock TensorFlow.js | Likeness | ratio |${on === "webgpu" ? " GPU time a step, Likeness |" : ""}`,
            `| --- | ---: | ---: | ---: |${on === "webgpu" ? " ---: |" : ""}`,
            ...rowsOf(figures, on).map(
              (row) =>
                `| ${titles[row.name].title} (${titles[row.name].words}) | ${speed(row.stock)} | ${speed(row.ours)} | ${ratio(row)} |${on === "webgpu" ? ` ${milliseconds(row.gpuMs)} |` : ""}`,
            ),
          ].join("\n"),
        ]
      : [`${title}: ${figures.missing[on]}`],
  );
  return `${tables.join("\n\n")}\n\n${[figures.adapter, ...facts].filter((fact) => fact !== "").join(" · ")}\n`;
}
