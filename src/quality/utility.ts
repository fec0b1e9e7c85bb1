/**
 * What rows are worth as training data: a classifier learns a target column
 * from them and is tested on real rows that nothing was fitted to. Trained on
 * synthetic (TSTR) beside trained on real (TRTR): C. Esteban, S. Hyland,
 * G. Rätsch, Real-valued (Medical) Time Series Generation with Recurrent
 * Conditional GANs, 2017. https://arxiv.org/abs/1706.02633
 */
import type { Fit } from "../downstream/classifier.ts";
import { accuracy, macroF1, meanAuc, mostProbable } from "../downstream/scores.ts";
import type { Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { CategoryColumn, Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Uncomputable } from "./measured.ts";

/** Each 0 to 1. */
export interface Utility {
  /** Of the second class in order of spelling; the mean over classes where there are more than two. */
  readonly auc: number;
  readonly accuracy: number;
  readonly macroF1: number;
}

/**
 * Rows whose target is missing are left out on both sides.
 *
 * @param train synthetic or real rows; `test` real ones, with the same columns.
 */
export function* utility(train: Table, test: Table, target: string, fit: Fit): Work<Utility | Uncomputable> {
  const from = separate(train, target);
  const on = separate(test, target);
  if (from === undefined || on === undefined)
    return { why: t`There is no column "${target}" of categories to predict.` };
  const names = [...new Set([...present(from.target), ...present(on.target)])].toSorted();
  if (from.inputs.rows === 0) return { why: t`Every "${target}" of the training rows is missing.` };
  if (new Set(present(on.target)).size < 2)
    return { why: t`The test rows have fewer than two kinds of "${target}".` };
  const classes = names.length;
  const model = yield* fit(from.inputs, { codes: labelsOf(from.target, names), classes });
  const probabilities = model.probabilities(on.inputs);
  const truth = labelsOf(on.target, names);
  const predicted = mostProbable(probabilities, classes);
  return {
    auc: meanAuc(probabilities, truth, classes),
    accuracy: accuracy(predicted, truth),
    macroF1: macroF1(predicted, truth, classes),
  };
}

/** The other columns and the target, over the rows that have one. */
function separate(table: Table, target: string): { inputs: Table; target: CategoryColumn } | undefined {
  const column = table.columns.find(({ name }) => name === target);
  if (column === undefined || "values" in column) return undefined;
  const rows = column.codes.map((_, row) => row).filter((row) => column.codes[row]! >= 0);
  const inputs = { ...table, columns: table.columns.filter((other) => other !== column) };
  return {
    inputs: selectRows(inputs, rows),
    target: { ...column, codes: rows.map((row) => column.codes[row]!) },
  };
}

const present = ({ codes, levels }: CategoryColumn): string[] =>
  [...new Set(codes)].map((code) => levels[code]!);

function labelsOf({ codes, levels }: CategoryColumn, names: readonly string[]): Int32Array {
  const label = levels.map((level) => names.indexOf(level));
  return codes.map((code) => label[code]!);
}
