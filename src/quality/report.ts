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
import { axesOf, partOf, type Axis } from "./axes.ts";
import type { Compared, Question } from "./compared.ts";
import { completeness, type Completeness } from "./completeness.ts";
import { modelScores, type Evidence, type ModelScores } from "./evidence.ts";
import { fidelity, type Fidelity } from "./fidelity.ts";
import type { Uncomputable } from "./measured.ts";
import { protection, type Protection } from "./protection.ts";
import { everyOther, independentColumns } from "./references.ts";
import { resampled } from "./resampled.ts";
import { reasonsOfHalves, teach, usefulness, type Teacher, type Usefulness } from "./usefulness.ts";

/** One table's scores. */
export interface TableScores {
  readonly axes: readonly Axis[];
  readonly fidelity: Fidelity;
  readonly utility: Usefulness;
  readonly privacy: Protection;
  readonly completeness: Completeness;
}

export interface Report {
  readonly synthetic: TableScores;
  /** Of the model, for the last two axes of `synthetic`. */
  readonly model: ModelScores;
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
  const model = yield* part(modelScores(evidence), 0, 0.02);
  const teacher = yield* part(teach(train, holdout, question), 0.02, 0.1);
  const score = (of: Table, fresh = false): Work<TableScores> =>
    scoreTable({ train, holdout, synthetic: of }, question, teacher, fresh);
  const own = yield* part(score(synthetic), 0.1, 0.33);
  const { random } = question;
  const independent = independentColumns(train, Math.max(train.rows, 1), random.fork("independent"));
  const references = {
    holdout: yield* part(score(holdout, true), 0.33, 0.55),
    independent: yield* part(score(independent), 0.55, 0.78),
    copy: yield* part(score(train), 0.78, 1),
  };
  const inAxes = [own.fidelity, own.utility, own.privacy, own.completeness, model].flatMap(
    ({ parts }) => parts,
  );
  return {
    synthetic: { ...own, axes: axesOf(inAxes) },
    model,
    references,
    rows: { train: train.rows, holdout: holdout.rows, synthetic: synthetic.rows },
    columns: train.columns.map(({ name }) => name),
  };
}

/** @param fresh whether `synthetic` is the holdout. */
function* scoreTable(
  compared: Compared,
  question: Question,
  teacher: Teacher | Uncomputable,
  fresh: boolean,
): Work<TableScores> {
  const { train, holdout, synthetic } = compared;
  const cheap = yield* part(resampled(train, synthetic, question.random.fork("resampled")), 0, 0.1);
  const faithful = yield* part(fidelity(compared, question, cheap), 0.1, 0.5);
  // Rows that are the training rows teach what the training rows taught.
  const learned =
    fresh || synthetic === train ? teacher : yield* part(teach(synthetic, holdout, question), 0.5, 0.73);
  const useful = yield* part(usefulness(learned, teacher, question), 0.73, 0.75);
  const utility = fresh
    ? withReasons(useful, yield* part(reasonsOfHalves(train, holdout, question), 0.75, 0.8))
    : useful;
  const halves = { train, synthetic: everyOther(holdout, 0), holdout: everyOther(holdout, 1) };
  const safe = yield* part(protection(fresh ? halves : compared, question), 0.8, 0.95);
  const whole = yield* part(completeness(compared, question, cheap), 0.95, 1);
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
