/** Makes a riddle for a person: which of ten rows are synthetic? Boosted trees get the same one, having learned from others. */
import { fitBoosting } from "../downstream/boosting.ts";
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Riddle } from "../protocol/riddle.ts";
import { c2st } from "../quality/c2st.ts";
import { random } from "../random/random.ts";
import { stackTables } from "../table/stack.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { cellText } from "../table/writeCsv.ts";
import type { Prepared } from "./preparing.ts";
import { pixelsOf, type Snapshot } from "./scene.ts";

/** Of each kind. */
const asked = 5;
/** Rows of each kind that trees learn from, at least. */
const fewest = 20;
const quick = (rows: Table, labels: Parameters<typeof fitBoosting>[1]) =>
  fitBoosting(rows, labels, { rounds: 30, leaves: 12 });

/** Why there is none, in words. */
export class NoRiddle extends Error {}

/** @param snapshot the model's newest rows. @param seed another seed, another ten rows. @throws NoRiddle. */
export function* riddle(
  prepared: Prepared,
  snapshot: Snapshot | undefined,
  { request, seed }: { readonly request: number; readonly seed: number },
): Work<Riddle> {
  if (snapshot === undefined)
    throw new NoRiddle(t`There are no synthetic rows yet. Train the model for a moment, then ask again.`);
  const { table, split, image } = prepared;
  const made = snapshot.table;
  const source = random(seed).fork("riddle");
  // Rows that nobody learned from are the fairest; where too few are held out, training rows have to do.
  const own = split.holdout.length >= asked + fewest ? split.holdout : split.train;
  if (made.rows < asked + fewest || own.length < asked + fewest)
    throw new NoRiddle(t`A riddle takes ${asked + fewest} rows of each kind, and there are ${Math.min(own.length, made.rows)}.`); // prettier-ignore
  const realOrder = source.fork("real").permutation(own.length).map((i) => own[i]!); // prettier-ignore
  const madeOrder = source.fork("made").permutation(made.rows);
  const order = source.fork("order").permutation(2 * asked);
  const shown = selectRows(
    stackTables(
      selectRows(table, realOrder.slice(0, asked)),
      selectRows(made, madeOrder.slice(0, asked)),
    ),
    order,
  ); // prettier-ignore
  const others = Math.min(realOrder.length, madeOrder.length) - asked;
  const real = selectRows(table, realOrder.slice(asked, asked + others));
  const synthetic = selectRows(made, madeOrder.slice(asked, asked + others));
  const test = yield* part(c2st(real, synthetic, quick, source.fork("folds")), 0, 0.7);
  const labels = { codes: Int32Array.from({ length: 2 * others }, (_, i) => (i < others ? 0 : 1)), classes: 2 }; // prettier-ignore
  const trees = yield* part(quick(stackTables(real, synthetic), labels), 0.7, 1);
  const chances = trees.probabilities(shown);
  const rows: Riddle["rows"] = image
    ? { kind: "images", width: image.width, height: image.height, pixels: pixelsOf(shown, image) }
    : {
        kind: "cells",
        header: shown.columns.map(({ name }) => name),
        numeric: shown.columns.map(({ type }) => type === "number"),
        cells: Array.from({ length: 2 * asked }, (_, row) => shown.columns.map((column) => cellText(column, row))), // prettier-ignore
      };
  return {
    request,
    step: snapshot.step,
    rows,
    synthetic: Array.from(order, (i) => i >= asked),
    chances: Array.from(order, (_, row) => chances[2 * row + 1]!),
    trees: { auc: "auc" in test ? test.auc : NaN, rows: 2 * others },
  };
}
