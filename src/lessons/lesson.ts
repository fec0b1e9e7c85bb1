/** A lesson is data: words, a state of the lab for each step, and what to reach there. Nothing in it trains. */
import type { AxisCard } from "../protocol/report.ts";

/** What the lab measures anyway; `views/learn/figures` reads it. */
export type FigureName =
  | "step"
  /** Energy distance to the holdout, 0 best. */
  | "distance"
  /** Dials, 0 to 1 and 1 best. */
  | "shape"
  | "trend"
  | "told"
  | "near"
  /** Clusters of real rows that synthetic rows are found in. */
  | "modes"
  /** A VAE's KL term, nats a row. */
  | "kl"
  /** 1 once there is such a thing. */
  | "report"
  | "verdict"
  | "memorisation"
  | `report.${AxisCard["name"]}`;
export type Figures = Readonly<Partial<Record<FigureName, number>>>;

export interface Source {
  readonly title: string;
  readonly url: string;
}

export interface Prediction {
  readonly question: string;
  readonly options: readonly string[];
  /** Place of the right option. */
  readonly answer: number;
  /** Shown once a person has answered and run. */
  readonly why: string;
}

export interface Goal {
  readonly words: string;
  readonly figure: FigureName;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Only a run that is done counts: a model that has barely begun passes too. */
  readonly atEnd?: true;
  /** In how many seconds the step's own settings reach it on two busy cores; a hint, no limit. */
  readonly withinSeconds: number;
}

export interface Step {
  /** Stable: links carry it. */
  readonly id: string;
  readonly title: string;
  /** Paragraphs; `{real|words}` colours words by role. */
  readonly text: readonly string[];
  /** The lab's state as a setup link says it, without "v=1&"; "" is the default lab. */
  readonly lab: string;
  readonly predict?: Prediction;
  readonly goal?: Goal;
  readonly note?: { readonly text: string; readonly source: Source };
}

export interface Lesson {
  /** Stable: links carry it. */
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly about: string;
  readonly steps: readonly Step[];
  readonly sources: readonly Source[];
}
