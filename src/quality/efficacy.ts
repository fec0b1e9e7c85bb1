/**
 * What rows are worth as training data, by several models: each learns a target
 * column from them and is tested on real rows that nothing was fitted to.
 * Trained on synthetic (TSTR) beside trained on real (TRTR): C. Esteban et al.,
 * 2017, https://arxiv.org/abs/1706.02633; L. Xu et al., Modeling Tabular Data
 * Using Conditional GAN, 2019, section 5.2, "machine learning efficacy".
 *
 * Several, because rows that keep straight trends alone satisfy a linear model
 * and fail a forest.
 */
import { fitBoosting, fitBoostingValues } from "../downstream/boosting.ts";
import type { Classifier, Fit } from "../downstream/classifier.ts";
import { fitForest, fitForestValues, fitTree, fitTreeValues } from "../downstream/forest.ts";
import { fitLinear } from "../downstream/linear.ts";
import { fitLogisticSoon } from "../downstream/logistic.ts";
import { fitMlp, fitMlpValues } from "../downstream/mlp.ts";
import type { FitValues, Regressor } from "../downstream/regressor.ts";
import { accuracy, macroF1, meanAuc, mostProbable, r2, rmse } from "../downstream/scores.ts";
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import type { CategoryColumn, Column, Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { DRAWS, resample } from "./bootstrap.ts";
import type { Uncomputable } from "./measured.ts";

export interface Learner {
  readonly name: "linear" | "tree" | "forest" | "boosting" | "mlp";
  readonly classes: Fit;
  readonly values: FitValues;
}

export const learners: readonly Learner[] = [
  { name: "linear", classes: fitLogisticSoon, values: fitLinear },
  { name: "tree", classes: fitTree, values: fitTreeValues },
  { name: "forest", classes: fitForest, values: fitForestValues },
  { name: "boosting", classes: fitBoosting, values: fitBoostingValues },
  { name: "mlp", classes: fitMlp, values: fitMlpValues },
];

export type Figures =
  | {
      readonly kind: "classification";
      readonly auc: number;
      readonly accuracy: number;
      readonly macroF1: number;
    }
  /** RMSE in the target's own unit. */
  | { readonly kind: "regression"; readonly r2: number; readonly rmse: number };

/** What a model said of each test row, and what was so: classes by their number, or values. */
export type Outcome =
  | {
      readonly kind: "classification";
      readonly predicted: Int32Array;
      readonly truth: Int32Array;
      readonly classes: readonly string[];
    }
  | { readonly kind: "regression"; readonly predicted: Float64Array; readonly truth: Float64Array };

/** One model, trained and tested. */
export interface Learned {
  readonly learner: Learner["name"];
  readonly figures: Figures;
  readonly outcome: Outcome;
  /** 2 AUC - 1 or R²: 1 best, 0 no better than guessing. Of these test rows, drawn again where `rows` says so. */
  skill(rows?: Int32Array): number;
  /** The test rows' columns without the target, and the skill on rows that were changed. */
  readonly inputs: Table;
  skillOn(inputs: Table): number;
}

/**
 * Rows whose target is missing are left out on both sides.
 *
 * @param train synthetic or real rows; `test` real ones, with the same columns.
 * @param target name of a column of categories, or of numbers or dates.
 */
export function* learn(
  train: Table,
  test: Table,
  target: string,
  by: readonly Learner[] = learners,
): Work<readonly Learned[] | Uncomputable> {
  const [from, on] = [separate(train, target), separate(test, target)];
  if (from === undefined || on === undefined) return { why: t`There is no column "${target}" to predict.` };
  if (from.inputs.columns.length === 0) return { why: t`There is no other column to predict from.` };
  if (from.inputs.rows === 0) return { why: t`Every "${target}" of the training rows is missing.` };
  const task = taskOf(from.target, on.target);
  if ("why" in task) return task;
  const all: Learned[] = [];
  for (const [i, learner] of by.entries()) {
    const skilled = yield* part(
      task.fit(learner, from.inputs, on.inputs),
      i / by.length,
      (i + 1) / by.length,
    );
    all.push({ learner: learner.name, inputs: on.inputs, ...skilled });
  }
  return all;
}

/**
 * How much of what real rows teach synthetic rows teach too: skill by skill, trained on synthetic over trained on real, each
 * 0 to 1, averaged over the models that real rows teach anything.
 */
export function efficacy(synthetic: readonly Learned[], real: readonly Learned[]): number {
  const shares = synthetic.flatMap((made, i) => {
    const best = real[i]!.skill();
    return best > LEAST_SKILL ? [Math.max(0, Math.min(1, made.skill() / best))] : [];
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** `efficacy` on each of the bootstrap's resamples of the test rows. A piece of work is one model on one of them. */
export function* efficacyDraws(
  synthetic: readonly Learned[],
  real: readonly Learned[],
  random: Random,
): Work<readonly number[]> {
  const { rows } = real[0]!.inputs;
  const all: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = resample(rows, rows, random);
    const shares: number[] = [];
    for (const [i, made] of synthetic.entries()) {
      const best = real[i]!.skill(drawn);
      if (best > LEAST_SKILL) shares.push(Math.max(0, Math.min(1, made.skill(drawn) / best)));
      yield (draw + i / synthetic.length) / DRAWS;
    }
    all.push(shares.reduce((sum, share) => sum + share, 0) / shares.length);
  }
  return all;
}

/** Below it real rows teach so little that a ratio of two skills would be one of two accidents. */
const LEAST_SKILL = 0.05;

type Skilled = Omit<Learned, "learner" | "inputs">;

interface Task {
  fit(learner: Learner, train: Table, test: Table): Work<Skilled>;
}

function taskOf(from: Column, on: Column): Task | Uncomputable {
  if ("values" in from !== "values" in on)
    return { why: t`"${from.name}" holds numbers in one table and categories in the other.` };
  return "values" in from && "values" in on
    ? regression(from.name, from.values, on.values)
    : classification(from as CategoryColumn, on as CategoryColumn);
}

function regression(name: string, values: Float64Array, truth: Float64Array): Task | Uncomputable {
  if (truth.length < 2 || truth.every((value) => value === truth[0]))
    return { why: t`"${name}" does not vary in the test rows.` };
  return {
    *fit(learner, train, test) {
      const model: Regressor = yield* part(learner.values(train, values), 0, 0.9);
      yield 0.9;
      const predicted = model.predict(test);
      yield 1;
      const pick = (of: Float64Array, rows?: Int32Array): Float64Array =>
        rows === undefined ? of : Float64Array.from(rows, (row) => of[row]!);
      return {
        figures: { kind: "regression", r2: r2(predicted, truth), rmse: rmse(predicted, truth) },
        outcome: { kind: "regression", predicted, truth },
        skill: (rows) => r2(pick(predicted, rows), pick(truth, rows)),
        skillOn: (inputs) => r2(model.predict(inputs), truth),
      };
    },
  };
}

function classification(from: CategoryColumn, on: CategoryColumn): Task | Uncomputable {
  const present = ({ codes, levels }: CategoryColumn): string[] =>
    [...new Set(codes)].map((code) => levels[code]!);
  const names = [...new Set([...present(from), ...present(on)])].toSorted();
  if (new Set(present(on)).size < 2)
    return { why: t`The test rows have fewer than two kinds of "${on.name}".` };
  const labelsOf = ({ codes, levels }: CategoryColumn): Int32Array => {
    const label = levels.map((level) => names.indexOf(level));
    return codes.map((code) => label[code]!);
  };
  const classes = names.length;
  const [codes, truth] = [labelsOf(from), labelsOf(on)];
  return {
    *fit(learner, train, test) {
      const model: Classifier = yield* part(learner.classes(train, { codes, classes }), 0, 0.9);
      yield 0.9;
      const p = model.probabilities(test);
      yield 0.95;
      const predicted = mostProbable(p, classes);
      return {
        figures: {
          kind: "classification",
          auc: meanAuc(p, truth, classes),
          accuracy: accuracy(predicted, truth),
          macroF1: macroF1(predicted, truth, classes),
        },
        outcome: { kind: "classification", predicted, truth, classes: names },
        skill(rows) {
          if (rows === undefined) return 2 * meanAuc(p, truth, classes) - 1;
          const some = Float64Array.from({ length: rows.length * classes }, (_, i) => p[rows[Math.floor(i / classes)]! * classes + (i % classes)]!); // prettier-ignore
          return 2 * meanAuc(some, rows.map((row) => truth[row]!), classes) - 1; // prettier-ignore
        },
        skillOn: (inputs) => 2 * meanAuc(model.probabilities(inputs), truth, classes) - 1,
      };
    },
  };
}

/** The other columns and the target, over the rows that have one, and which these are. */
export function separate(
  table: Table,
  target: string,
): { inputs: Table; target: Column; rows: Int32Array } | undefined {
  const column = table.columns.find(({ name }) => name === target);
  if (column === undefined) return undefined;
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const rows = all.filter((row) =>
    "values" in column ? !Number.isNaN(column.values[row]!) : column.codes[row]! >= 0,
  );
  const others = { ...table, columns: table.columns.filter((other) => other !== column) };
  return {
    inputs: selectRows(others, rows),
    target: selectRows({ columns: [column], rows: table.rows }, rows).columns[0]!,
    rows,
  };
}
