/**
 * Everything there is to say about synthetic rows, beside the same said about
 * three tables whose worth is known: rows of the holdout (as good as can be),
 * columns drawn independently (what comes for free), and a copy of the training
 * rows (faithful and no secret kept). All go through the same code.
 *
 * Two things about the holdout in the place of synthetic rows: rows can't be
 * tested on themselves, so it takes the training rows' own usefulness (a ratio
 * of 1, and the reasons of two halves of them), and its protection is that of one half
 * with the other half held out.
 */
import { part, type Work } from "../downstream/work.ts";
import type { Table } from "../table/table.ts";
import { sampleOf, samplesOf, type Sample } from "./apart.ts";
import { axesOf, partOf, type Axis } from "./axes.ts";
import type { Compared, Question } from "./compared.ts";
import { completeness, type Completeness } from "./completeness.ts";
import { modelScores, type Evidence, type ModelScores } from "./evidence.ts";
import { nearestOf, type Nearest } from "./distance.ts";
import { fidelity, type Fidelity } from "./fidelity.ts";
import type { Uncomputable } from "./measured.ts";
import { holdoutNear, protection, type Protection } from "./protection.ts";
import { efficacy, learn, learners, type Learned } from "./efficacy.ts";
import { everyOther, everyOtherOf, independentColumns, thinned } from "./references.ts";
import { resampled } from "./resampled.ts";
import {
  reasonsOfHalves,
  teach,
  TEST_ROWS,
  usefulness,
  type Teacher,
  type Usefulness,
} from "./usefulness.ts";

/** One table's scores. */
export interface TableScores {
  readonly axes: readonly Axis[];
  readonly fidelity: Fidelity;
  readonly utility: Usefulness;
  readonly privacy: Protection;
  readonly completeness: Completeness;
}

/** The same model, which learned from real and from synthetic rows and was tested on the same ones. */
export interface Predictions {
  readonly real: Learned;
  readonly synthetic: Learned;
}

export interface Report {
  readonly synthetic: TableScores;
  /** Of the model, for the last two axes of `synthetic`. */
  readonly model: ModelScores;
  /** Boosted trees that learned from real and from synthetic rows, tested on the same rows of the holdout. */
  readonly predictions: Predictions | Uncomputable;
  readonly references: {
    readonly holdout: TableScores;
    readonly independent: TableScores;
    readonly copy: TableScores;
  };
  readonly rows: { readonly train: number; readonly holdout: number; readonly synthetic: number };
  readonly columns: readonly string[];
}

/**
 * Identifier and text columns are left out: no model is meant to learn them.
 *
 * @throws TypeError where the tables' columns differ.
 */
export function* report(compared: Compared, question: Question, evidence: Evidence = {}): Work<Report> {
  const keep = compared.train.columns.flatMap(({ type }, i) =>
    type === "identifier" || type === "text" ? [] : [i],
  );
  const of = (table: Table): Table => ({ ...table, columns: keep.map((i) => table.columns[i]!) });
  const { train, holdout, synthetic } = { train: of(compared.train), holdout: of(compared.holdout), synthetic: of(compared.synthetic) }; // prettier-ignore
  const samples = (evidence.samples ?? []).map(of);
  const teacher = yield* part(teach(train, holdout, question), 0, 0.09);
  const efficacies = yield* part(usefulAgain(samples, holdout, question, teacher), 0.09, 0.12);
  const model = yield* part(modelScores({ efficacies, ...evidence, samples }), 0.12, 0.13);
  const near = yield* part(holdoutNear(train, holdout), 0.13, 0.16);
  const sample = yield* part(sampleOf(train, question, 0), 0.16, 0.17);
  const known = { near, sample };
  const score = (table: Table, learned: Teacher | Uncomputable, fresh = false): Work<TableScores> =>
    scoreTable({ train, holdout, synthetic: table }, question, learned, teacher, known, fresh);
  const taught = yield* part(teach(synthetic, holdout, question), 0.17, 0.22);
  const own = yield* part(score(synthetic, taught), 0.22, 0.36);
  const { random } = question;
  const independent = independentColumns(train, Math.max(train.rows, 1), random.fork("independent"));
  const taughtAnew = yield* part(teach(independent, holdout, question), 0.36, 0.43);
  const references = {
    // Rows can't be tested on themselves, and rows that are the training rows teach what those taught.
    holdout: yield* part(score(holdout, teacher, true), 0.43, 0.61),
    independent: yield* part(score(independent, taughtAnew), 0.61, 0.82),
    copy: yield* part(score(train, teacher), 0.82, 1),
  };
  const inAxes = [own.fidelity, own.utility, own.privacy, own.completeness, model].flatMap(
    ({ parts }) => parts,
  );
  return {
    synthetic: { ...own, axes: axesOf(inAxes) },
    model,
    predictions: predictionsOf(teacher, taught),
    references,
    rows: { train: train.rows, holdout: holdout.rows, synthetic: synthetic.rows },
    columns: train.columns.map(({ name }) => name),
  };
}

function predictionsOf(
  real: Teacher | Uncomputable,
  synthetic: Teacher | Uncomputable,
): Predictions | Uncomputable {
  if ("why" in real) return real;
  if ("why" in synthetic) return synthetic;
  const trees = ({ learned }: Teacher): Learned => learned.find(({ learner }) => learner === "boosting")!;
  return { real: trees(real), synthetic: trees(synthetic) };
}

/** The efficacy of each of several tables, by two models that are quick to train: a straight one and one that is not. */
function* usefulAgain(
  samples: readonly Table[],
  holdout: Table,
  { target, random }: Question,
  teacher: Teacher | Uncomputable,
): Work<readonly number[]> {
  if (target === undefined || "why" in teacher) return [];
  const by = learners.filter(({ name }) => name === "linear" || name === "boosting");
  const real = teacher.learned.filter(({ learner }) => by.some(({ name }) => name === learner));
  const on = thinned(holdout, TEST_ROWS, random.fork("tested on"));
  const all: number[] = [];
  for (const [i, sample] of samples.entries()) {
    const learned = yield* part(learn(sample, on, target, by), i / samples.length, (i + 1) / samples.length);
    const value = "why" in learned ? NaN : efficacy(learned, real);
    if (!Number.isNaN(value)) all.push(value);
  }
  return all;
}

/** What all tables' scores ask of the training and holdout rows alone. */
interface Known {
  /** Of the holdout's rows, `holdoutNear`. */
  readonly near: Nearest | undefined;
  /** Of the training rows. */
  readonly sample: Sample;
}

/** @param fresh whether `synthetic` is the holdout. @param learned what its rows taught. */
function* scoreTable(
  compared: Compared,
  question: Question,
  learned: Teacher | Uncomputable,
  teacher: Teacher | Uncomputable,
  { near, sample }: Known,
  fresh: boolean,
): Work<TableScores> {
  const { train, holdout, synthetic } = compared;
  const cheap = yield* part(resampled(train, synthetic, question.random.fork("resampled")), 0, 0.1);
  const samples = yield* part(samplesOf(sample, synthetic, question), 0.1, 0.12);
  const faithful = yield* part(fidelity(compared, question, cheap, samples), 0.12, 0.5);
  const useful = yield* part(usefulness(learned, teacher, question), 0.5, 0.6);
  const utility = fresh
    ? withReasons(useful, yield* part(reasonsOfHalves(train, holdout, question), 0.6, 0.75))
    : useful;
  const halves = { train, synthetic: everyOther(holdout, 0), holdout: everyOther(holdout, 1) };
  const half = (first: 0 | 1): Nearest | undefined =>
    near && nearestOf(near, 2, everyOtherOf(holdout.rows, first));
  const safe = fresh
    ? yield* part(protection(halves, question, { synthetic: half(0), holdout: half(1) }), 0.75, 0.95)
    : yield* part(protection(compared, question, { holdout: near }), 0.75, 0.95);
  const whole = yield* part(completeness(compared, question, cheap, samples), 0.95, 1);
  return {
    axes: axesOf([faithful, utility, safe, whole].flatMap(({ parts }) => parts)),
    fidelity: faithful,
    utility,
    privacy: safe,
    completeness: whole,
  };
}

function withReasons(of: Usefulness, agreement: Usefulness["agreement"]): Usefulness {
  const importance = partOf("importance", "why" in agreement ? agreement : agreement.overlap);
  return {
    ...of,
    agreement,
    parts: of.parts.map((each) => (each.name === "importance" ? importance : each)),
  };
}
