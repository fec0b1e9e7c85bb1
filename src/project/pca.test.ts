import fc from "fast-check";
import { PCA } from "ml-pca";
import { describe, expect, it } from "vitest";
import { random } from "../random/random.ts";
import type { Rows } from "./rows.ts";
import { fitPca, projectPca } from "./pca.ts";
import { weightsOf } from "./weights.ts";

const matrixOf = (rows: readonly (readonly number[])[]): Rows => ({
  values: Float32Array.from(rows.flat()),
  rows: rows.length,
  width: rows[0]?.length ?? 0,
});

const rowsOf = (matrix: Rows): number[][] =>
  Array.from({ length: matrix.rows }, (_, i) =>
    Array.from(matrix.values.subarray(i * matrix.width, (i + 1) * matrix.width)),
  );

function normalRows(rows: number, deviations: readonly number[], seed: number): number[][] {
  const stream = random(seed);
  return Array.from({ length: rows }, () =>
    deviations.map((deviation) => Math.fround(deviation * stream.normal())),
  );
}

/** Largest distance between two clouds, up to the sign of each axis. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (const axis of [0, 1]) {
    const off = (sign: number): number => {
      let most = 0;
      for (let i = axis; i < a.length; i += 2) most = Math.max(most, Math.abs(a[i]! - sign * b[i]!));
      return most;
    };
    worst = Math.max(worst, Math.min(off(1), off(-1)));
  }
  return worst;
}

describe("principal components", () => {
  it("of points on a line are that line", () => {
    const matrix = matrixOf([
      [0, 0],
      [3, 4],
      [6, 8],
    ]);
    const pca = fitPca(matrix);
    expect(Array.from(pca.axes[0])).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.8, 12)]);
    expect(pca.variance).toEqual([expect.closeTo(1, 12), 0]);
    expect(Array.from(projectPca(pca, matrix))).toEqual([-5, 0, 0, 0, 5, 0]);
  });

  it.each([7, 60])("agree with ml-pca's singular value decomposition at width %d", (width) => {
    const matrix = matrixOf(
      normalRows(
        200,
        Array.from({ length: width }, (_, j) => 1 + j / 3),
        3,
      ),
    );
    const ours = fitPca(matrix);
    const theirs = new PCA(rowsOf(matrix));
    const expected = theirs.predict(rowsOf(matrix), { nComponents: 2 }).to1DArray();
    expect(apart(projectPca(ours, matrix), expected)).toBeLessThan(1e-4);
    const variance = theirs.getExplainedVariance();
    expect(ours.variance[0]).toBeCloseTo(variance[0]!, 8);
    expect(ours.variance[1]).toBeCloseTo(variance[1]!, 8);
  });

  it.each([
    ["a random matrix with hardly a gap between its eigenvalues", Array<number>(160).fill(1)],
    ["a random matrix of falling variances", Array.from({ length: 160 }, (_, j) => 0.97 ** j)],
  ])("of wide rows agree with ml-pca to 1e-4: %s", (_, deviations) => {
    const matrix = matrixOf(normalRows(120, deviations, 5));
    const ours = fitPca(matrix);
    const theirs = new PCA(rowsOf(matrix));
    const expected = theirs.predict(rowsOf(matrix), { nComponents: 2 }).to1DArray();
    expect(apart(projectPca(ours, matrix), expected)).toBeLessThan(1e-4);
    expect(ours.variance[1]).toBeCloseTo(theirs.getExplainedVariance()[1]!, 8);
  });

  it("do not change with a rotation or shift of the rows, but for their sign", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 0, max: 6.3, noNaN: true }),
        fc.integer({ min: -5, max: 5 }),
        (seed, angle, shift) => {
          const rows = normalRows(40, [3, 2, 0.5], seed);
          const turned = rows.map(([x, y, z]) => [
            Math.cos(angle) * x! - Math.sin(angle) * z! + shift,
            y! - shift,
            Math.sin(angle) * x! + Math.cos(angle) * z!,
          ]);
          const [a, b] = [matrixOf(rows), matrixOf(turned)];
          const [pcaA, pcaB] = [fitPca(a), fitPca(b)];
          // Near-equal variances have no directions of their own.
          fc.pre(
            pcaA.variance[0] > 1.2 * pcaA.variance[1] &&
              pcaA.variance[1] > 2 * (1 - pcaA.variance[0] - pcaA.variance[1]),
          );
          expect(apart(projectPca(pcaA, a), projectPca(pcaB, b))).toBeLessThan(1e-3);
        },
      ),
    );
  });

  it("point the same way every time: the largest loading is positive", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const matrix = matrixOf(normalRows(30, [1, 2, 3, 4], seed));
        const pca = fitPca(matrix);
        for (const axis of pca.axes) expect(Math.max(...axis)).toBe(Math.max(...axis.map(Math.abs)));
        expect(fitPca(matrix)).toEqual(pca);
      }),
    );
  });

  it("put new rows where the fitted ones define", () => {
    const pca = fitPca(
      matrixOf([
        [0, 0, 7],
        [2, 0, 7],
        [0, 1, 7],
        [2, 1, 7],
      ]),
    );
    expect(
      Array.from(
        projectPca(
          pca,
          matrixOf([
            [1, 0.5, 7],
            [3, 0.5, 99],
          ]),
        ),
      ),
    ).toEqual([0, 0, 2, 0]);
    expect(() => projectPca(pca, matrixOf([[1, 2]]))).toThrow(/2 numbers.*3/);
  });

  it("give a category as much say as one standard deviation of a number", () => {
    const spans = [
      { kind: "numeric", start: 0, width: 1, column: 0, label: "x" },
      { kind: "category", start: 1, width: 2, column: 1, label: "c" },
    ] as const;
    expect(Array.from(weightsOf(spans))).toEqual([1, Math.fround(Math.SQRT1_2), Math.fround(Math.SQRT1_2)]);
    const pca = fitPca(
      matrixOf([
        [0, 1, 0],
        [0, 0, 1],
      ]),
      weightsOf(spans),
    );
    const [x0, , x1] = projectPca(
      pca,
      matrixOf([
        [0, 1, 0],
        [0, 0, 1],
      ]),
    );
    expect(Math.abs(x0! - x1!)).toBeCloseTo(1, 6);
  });
});

describe("degenerate rows", () => {
  it.each<[string, Rows]>([
    ["no rows", { values: new Float32Array(0), rows: 0, width: 3 }],
    ["no width", { values: new Float32Array(0), rows: 5, width: 0 }],
    ["one row", matrixOf([[1, 2, 3]])],
    ["equal rows", matrixOf(Array.from({ length: 9 }, () => [1, 2, 3]))],
    ["equal wide rows", matrixOf(Array.from({ length: 9 }, () => Array<number>(200).fill(0.1)))],
  ])("%s stand at the origin", (_, matrix) => {
    const pca = fitPca(matrix);
    expect(pca.variance).toEqual([0, 0]);
    expect(projectPca(pca, matrix)).toEqual(new Float32Array(2 * matrix.rows));
  });

  it("width 1 has no second direction", () => {
    const matrix = matrixOf([[1], [2], [6]]);
    const pca = fitPca(matrix);
    expect(Array.from(projectPca(pca, matrix))).toEqual([-2, 0, -1, 0, 3, 0]);
    expect(pca.variance).toEqual([1, 0]);
  });

  it("wide rows on one line have one direction", () => {
    const line = Array.from({ length: 200 }, (_, j) => Math.sin(j));
    const matrix = matrixOf([1, 2, 5, -8].map((t) => line.map((x) => t * x)));
    const pca = fitPca(matrix);
    expect(pca.variance[0]).toBeCloseTo(1, 6);
    expect(
      projectPca(pca, matrix)
        .filter((_, i) => i % 2 === 1)
        .every((y) => Math.abs(y) < 1e-4),
    ).toBe(true);
  });
});
