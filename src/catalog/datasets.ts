/** The built-in data, as data: names for the picker. Their generators are in `datasets/`, one file each. */

import { t } from "../language/words.ts";

export type DatasetId =
  | "birds"
  | "loans"
  | "ring"
  | "grid"
  | "moons"
  | "spirals"
  | "swiss-roll"
  | "checkerboard"
  | "pinwheel"
  | "gaussian-10"
  | "gaussian-784"
  | "glyphs"
  | "glyphs-8";

/** What the stage can do with it: a table, points in the plane, plain vectors, or images. */
export type DatasetKind = "table" | "shape" | "vectors" | "images";

/** What a person's own data are like, told by the view of the stage that shows them best. */
export const kindShownIn = (view: string | undefined): DatasetKind =>
  view === "plane" ? "shape" : view === "images" ? "images" : "table";

export interface DatasetCard {
  readonly id: DatasetId;
  readonly name: string;
  readonly kind: DatasetKind;
  /** One line under the name. */
  readonly summary: string;
  readonly rows: number;
}

/** Built-in data are always the same rows; the person's seed governs split, weights and noise. */
export const dataSeed = 1;

export const datasetCards: readonly DatasetCard[] = [
  {
    id: "birds",
    name: t`Island birds`,
    kind: "table",
    rows: 400,
    summary: t`Three species, body measures, habitat and gaps: small and friendly.`,
  },
  {
    id: "loans",
    name: t`Loan book`,
    kind: "table",
    rows: 10_000,
    summary: t`10,000 loans, one in twelve defaults; zeros, heavy tails, missing values.`,
  },
  {
    id: "ring",
    name: t`Ring of 8`,
    kind: "shape",
    rows: 2_000,
    summary: t`Eight Gaussians on a circle: which modes does a model drop?`,
  },
  {
    id: "grid",
    name: t`Grid of 25`,
    kind: "shape",
    rows: 5_000,
    summary: t`Twenty-five tight Gaussians: the classic test for mode collapse.`,
  },
  { id: "moons", name: t`Two moons`, kind: "shape", rows: 2_000, summary: t`Two interleaved half circles.` },
  {
    id: "spirals",
    name: t`Two spirals`,
    kind: "shape",
    rows: 2_000,
    summary: t`Two thin arms that wind around each other.`,
  },
  {
    id: "swiss-roll",
    name: t`Swiss roll`,
    kind: "shape",
    rows: 2_000,
    summary: t`One sheet rolled up, seen from the side.`,
  },
  {
    id: "checkerboard",
    name: t`Checkerboard`,
    kind: "shape",
    rows: 2_000,
    summary: t`Uniform squares with hard edges.`,
  },
  { id: "pinwheel", name: t`Pinwheel`, kind: "shape", rows: 2_000, summary: t`Five bent, stretched arms.` },
  {
    id: "gaussian-10",
    name: t`Gaussian vectors, 10-D`,
    kind: "vectors",
    rows: 2_000,
    summary: t`Independent standard normals, ten a row: the textbook VAE's data.`,
  },
  {
    id: "gaussian-784",
    name: t`Gaussian vectors, 28×28`,
    kind: "vectors",
    rows: 1_000,
    summary: t`Independent standard normals, 784 a row: the textbook GAN's data.`,
  },
  {
    id: "glyphs",
    name: t`Glyphs, 28×28`,
    kind: "images",
    rows: 2_000,
    summary: t`Ten drawn signs under random strokes, turns and shears.`,
  },
  {
    id: "glyphs-8",
    name: t`Glyphs, 8×8`,
    kind: "images",
    rows: 2_000,
    summary: t`The same signs, small enough to be learned in seconds.`,
  },
];
