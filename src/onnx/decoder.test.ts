import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openEncoder } from "../encode/encoder.ts";
import type { Matrix } from "../encode/span.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { decoderOf, type Decoder } from "./decoder.ts";
import { decode, type Cell } from "./testing/decode.ts";
import { mixture } from "./testing/mixture.ts";

const cellsOf = ({ columns }: Table): Cell[][] =>
  columns.map((column) =>
    "values" in column
      ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
      : Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]!)),
  );

const rowsOf = ({ values, width, rows }: Matrix): Float32Array[] =>
  Array.from({ length: rows }, (_, row) => values.subarray(row * width, (row + 1) * width));

/** As a file holds it. */
const written = (decoder: Decoder): Decoder => JSON.parse(JSON.stringify(decoder)) as Decoder;

/** Cells of a rare category are drawn: only that they are rare can be the same. */
function expectSame(decoder: Decoder, found: Cell[][], wanted: Cell[][]): void {
  decoder.columns.forEach(({ name, outcomes }, c) => {
    const rare = outcomes.flatMap((outcome) => (outcome.kind === "among" ? outcome.values : []));
    const seen = (cell: Cell): Cell => (typeof cell === "string" && rare.includes(cell) ? "rare" : cell);
    const [ours, theirs] = [found[c]!.map(seen), wanted[c]!.map(seen)];
    ours.forEach((cell, row) => {
      const other = theirs[row]!;
      if (typeof cell === "number" && typeof other === "number" && name === "gauge")
        expect(cell).toBeCloseTo(other, 12);
      else expect([name, row, cell]).toEqual([name, row, other]);
    });
  });
}

describe.each(["quantile", "standard", "minmax", "none"] as const)("of numbers scaled by %s", (numeric) => {
  const { encoder, train, table } = mixture(numeric);
  const decoder = written(decoderOf("gan", [], encoder.state));

  it("reads encoded rows back to the table that they came from", () => {
    const found = decode(decoder, rowsOf(train), random(1));
    expectSame(decoder, found, cellsOf(encoder.decode(train, random(2))));
    const names = table.columns.map(({ name }) => name);
    // Whatever the scale, these come back as they were.
    for (const name of ["kind", "ok", "same", "seen", "month"])
      expect(found[names.indexOf(name)]).toEqual(cellsOf(table)[names.indexOf(name)]);
  });

  it("reads what a model may make as the encoder does", () => {
    const categories = encoder.spans.filter(({ kind }) => kind === "category");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (seed, wide) => {
          const source = random(seed);
          const rows = 20;
          const values = Float32Array.from({ length: rows * encoder.width }, () => wide * source.normal());
          for (let row = 0; row < rows; row++)
            for (const { start, width } of categories) {
              values.fill(0, row * encoder.width + start, row * encoder.width + start + width);
              values[row * encoder.width + start + source.integer(width)] = 1;
            }
          const matrix = { values, rows, width: encoder.width };
          expectSame(
            decoder,
            decode(decoder, rowsOf(matrix), random(1)),
            cellsOf(encoder.decode(matrix, random(2))),
          );
        },
      ),
    );
  });
});

it("draws categories by their probabilities, and rare ones by theirs", () => {
  const { encoder } = mixture();
  const decoder = decoderOf("vae", [], encoder.state);
  const city = decoder.columns.find(({ name }) => name === "city")!;
  const row = new Float32Array(encoder.width).fill(1 / city.outcomes.length);
  const rows = Array.from({ length: 6_000 }, () => row);
  const shares = (cells: readonly (string | null)[]): Map<string | null, number> => {
    const found = new Map<string | null, number>();
    for (const cell of cells) found.set(cell, (found.get(cell) ?? 0) + 1 / cells.length);
    return found;
  };
  const at = decoder.columns.indexOf(city);
  const ours = shares(decode(decoder, rows, random(1))[at] as (string | null)[]);
  const values = new Float32Array(6_000 * encoder.width).fill(1 / city.outcomes.length);
  const table = encoder.decode({ values, rows: 6_000, width: encoder.width }, random(2));
  const theirs = shares(cellsOf(table)[at] as (string | null)[]);
  expect(new Set(ours.keys())).toEqual(new Set(theirs.keys()));
  for (const [cell, share] of theirs) expect(Math.abs(ours.get(cell)! - share)).toBeLessThan(0.02);
});

it("says of each condition which column and outcome it stands for", () => {
  const { encoder } = mixture();
  const kind = encoder.spans.find(({ label }) => label === "kind")!;
  const { inputs, columns } = decoderOf(
    "ctgan",
    [
      { name: "normal", width: 8 },
      {
        name: "condition",
        choices: [
          { probability: 0.75, column: kind.column, is: { position: kind.start + 2 } },
          { probability: 0.25, column: 0, is: { mode: 1 } },
        ],
      },
    ],
    openEncoder(encoder.state).state,
  );
  expect(inputs).toEqual([
    { name: "normal", type: "float32", width: 8, draw: "normal" },
    {
      name: "condition",
      type: "int64",
      draw: "choice",
      choices: [
        { probability: 0.75, column: "kind", outcome: 2 },
        { probability: 0.25, column: "income", mode: 1 },
      ],
    },
  ]);
  expect(columns.find(({ name }) => name === "kind")!.outcomes[2]).toEqual({ kind: "value", value: "c" });
});
