import { describe, expect, it } from "vitest";
import { fitPca, projectPca } from "../project/pca.ts";
import { weightsOf } from "../project/weights.ts";
import { picture, prepare, Unprepared } from "./preparing.ts";
import { pcaStage } from "./scene.ts";

const options = {
  missingMarks: [""],
  columns: {},
  holdout: 0.2,
  seed: 1,
  numeric: "quantile",
} as const;

/** Columns of the same 40 categories, one shifted against the other. */
function categories(columns: number, rows: number) {
  const levels = Array.from({ length: 40 }, (_, i) => `c${i}`);
  const codes = Int32Array.from({ length: rows }, (_, row) => row % 40);
  const text = {
    rows,
    columns: Array.from({ length: columns }, (_, i) => ({
      name: `x${i}`,
      levels,
      codes: codes.map((code) => (code + i) % 40),
    })),
  };
  return { name: "wide.csv", text, rowsRead: rows, issues: [] };
}

const made = (columns: number, rows: number) =>
  prepare(categories(columns, rows), 1, options, new Map(), "", async () => {});

describe("a table that would not fit", () => {
  it("is refused in words, with its columns to choose from", async () => {
    const refusal = await made(40, 100_000).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Unprepared);
    expect((refusal as Unprepared).message).toMatch(/80,000 rows of [\d,]+ numbers.*Switch off/);
    expect((refusal as Unprepared).summary.columns).toHaveLength(40);
  });
});

describe("the PCA stage", () => {
  it("encodes only the rows that its fit looks at, and shows the same picture", async () => {
    const prepared = await made(60, 4_000);
    const { table, split, lens } = prepared;
    expect(lens.width * split.train.length).toBeGreaterThan(1_500_000); // so that rows are thinned
    const whole = fitPca(picture(prepared, table, split.train), weightsOf(lens.spans));
    const { scene } = pcaStage(prepared);
    if (scene.view !== "pca") throw new Error("another view");
    expect(scene.x.variance).toBe(whole.variance[0]);
    const points = projectPca(whole, picture(prepared, table, split.holdout));
    expect(scene.holdout).toEqual(points);
  });
});
