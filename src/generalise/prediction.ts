/**
 * What a model that learned from some rows says of the real ones it is tested
 * on, kept row by row: a shifted test, a group of rows or one class is then a
 * matter of weighing, and nothing is trained again.
 */
import type { Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import { separate, type Learner } from "../quality/efficacy.ts";
import type { Uncomputable } from "../quality/measured.ts";
import type { CategoryColumn, Table } from "../table/table.ts";

export type Prediction =
  | {
      readonly kind: "classes";
      /** In order of spelling: all that training or test rows have. */
      readonly classes: readonly string[];
      /** By tested row, the class that it has. */
      readonly truth: Int32Array;
      /** Row-major, [tested rows, classes]. */
      readonly probabilities: Float64Array;
      /** Which rows of the test table were tested: those that have a target. */
      readonly rows: Int32Array;
    }
  | {
      readonly kind: "values";
      readonly truth: Float64Array;
      readonly predicted: Float64Array;
      readonly rows: Int32Array;
    };

/**
 * Rows whose target is missing are left out on both sides.
 *
 * @param train synthetic or real rows, or both; `test` real ones, with the same columns.
 * @param target name of a column of categories, or of numbers or dates.
 */
export function* predict(
  train: Table,
  test: Table,
  target: string,
  learner: Learner,
): Work<Prediction | Uncomputable> {
  const [from, on] = [separate(train, target), separate(test, target)];
  if (from === undefined || on === undefined) return { why: t`There is no column "${target}" to predict.` };
  if (from.inputs.columns.length === 0) return { why: t`There is no other column to predict from.` };
  if (from.inputs.rows === 0) return { why: t`No row to learn from has a "${target}".` };
  if (on.inputs.rows === 0) return { why: t`No row to test on has a "${target}".` };
  const { rows } = on;
  if ("values" in from.target && "values" in on.target) {
    const model = yield* learner.values(from.inputs, from.target.values);
    return { kind: "values", truth: on.target.values, predicted: model.predict(on.inputs), rows };
  }
  if ("values" in from.target || "values" in on.target)
    return { why: t`"${target}" holds numbers in one table and categories in the other.` };
  const classes = [...new Set([...present(from.target), ...present(on.target)])].toSorted();
  const codes = labelsOf(from.target, classes);
  const model = yield* learner.classes(from.inputs, { codes, classes: classes.length });
  return {
    kind: "classes",
    classes,
    truth: labelsOf(on.target, classes),
    probabilities: model.probabilities(on.inputs),
    rows,
  };
}

const present = ({ codes, levels }: CategoryColumn): string[] =>
  [...new Set(codes)].map((code) => levels[code]!);

function labelsOf({ codes, levels }: CategoryColumn, classes: readonly string[]): Int32Array {
  const label = levels.map((level) => classes.indexOf(level));
  return codes.map((code) => label[code]!);
}
