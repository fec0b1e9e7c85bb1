/** What the page knows of a model before any code of it is loaded. */
import type { DatasetKind } from "./datasets.ts";
import type { Setting, Settings } from "./setting.ts";

export type ModelId =
  "gan" | "ctgan" | "vae" | "diffusion" | "ddgan" | "independent" | "copula" | "smote" | "copy";

export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  readonly url: string;
}

export interface ModelCard {
  readonly id: ModelId;
  readonly name: string;
  /** One line under the name. */
  readonly summary: string;
  readonly paper: Paper;
  /** Where a setting makes it another paper's model: the first whose values are all chosen. */
  readonly variants?: readonly { readonly when: Settings; readonly paper: Paper }[];
  /** Baselines are fitted at once and have nothing to train. */
  readonly instant: boolean;
  /** Its networks that play against one another, by the names of their objectives, first of all; absent where there is one. */
  readonly players?: readonly string[];
  readonly settings: readonly Setting[];
  /** Where data of a kind asks for other defaults than tables do. */
  readonly defaults?: Readonly<Partial<Record<DatasetKind, Settings>>>;
}
