/** The built-in data, as data: names for the picker. Their generators are in `datasets/`, one file each. */

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
    name: "Island birds",
    kind: "table",
    rows: 400,
    summary: "Three species, body measures, habitat and gaps: small and friendly.",
  },
  {
    id: "loans",
    name: "Loan book",
    kind: "table",
    rows: 10_000,
    summary: "10,000 loans, one in twelve defaults; zeros, heavy tails, missing values.",
  },
  {
    id: "ring",
    name: "Ring of 8",
    kind: "shape",
    rows: 2_000,
    summary: "Eight Gaussians on a circle: which modes does a model drop?",
  },
  {
    id: "grid",
    name: "Grid of 25",
    kind: "shape",
    rows: 5_000,
    summary: "Twenty-five tight Gaussians: the classic test for mode collapse.",
  },
  { id: "moons", name: "Two moons", kind: "shape", rows: 2_000, summary: "Two interleaved half circles." },
  {
    id: "spirals",
    name: "Two spirals",
    kind: "shape",
    rows: 2_000,
    summary: "Two thin arms that wind around each other.",
  },
  {
    id: "swiss-roll",
    name: "Swiss roll",
    kind: "shape",
    rows: 2_000,
    summary: "One sheet rolled up, seen from the side.",
  },
  {
    id: "checkerboard",
    name: "Checkerboard",
    kind: "shape",
    rows: 2_000,
    summary: "Uniform squares with hard edges.",
  },
  { id: "pinwheel", name: "Pinwheel", kind: "shape", rows: 2_000, summary: "Five bent, stretched arms." },
  {
    id: "gaussian-10",
    name: "Gaussian vectors, 10-D",
    kind: "vectors",
    rows: 2_000,
    summary: "Independent standard normals, ten a row: the textbook VAE's data.",
  },
  {
    id: "gaussian-784",
    name: "Gaussian vectors, 28×28",
    kind: "vectors",
    rows: 1_000,
    summary: "Independent standard normals, 784 a row: the textbook GAN's data.",
  },
  {
    id: "glyphs",
    name: "Glyphs, 28×28",
    kind: "images",
    rows: 2_000,
    summary: "Ten drawn signs under random strokes, turns and shears.",
  },
  {
    id: "glyphs-8",
    name: "Glyphs, 8×8",
    kind: "images",
    rows: 2_000,
    summary: "The same signs, small enough to be learned in seconds.",
  },
];
