/**
 * How rows serve the groups of a column: whether a group is as frequent as it
 * was, whether its rows look like its real rows, and whether a model that
 * learned from synthetic rows errs more for it than one that learned from real
 * ones. Averages over all rows hide what happens to a few of them.
 *
 * Equalised odds: M. Hardt, E. Price, N. Srebro, Equality of Opportunity in
 * Supervised Learning, 2016, https://arxiv.org/abs/1610.02413; the difference is
 * the larger of the gaps between groups in true and in false positive rates, as
 * fairlearn has it, and of more than two classes the largest over the classes.
 */
import type { CategoryColumn, Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Learned, Outcome } from "./efficacy.ts";
import type { Measured } from "./measured.ts";
import { shape } from "./shape.ts";
import type { Work } from "../downstream/work.ts";

export interface Group {
  readonly name: string;
  /** Shares of rows, gaps left out. */
  readonly real: number;
  readonly synthetic: number;
  /** Mean Kolmogorov–Smirnov or total variation distance of the other columns within the group. */
  readonly error: Measured;
  /** Share of test rows that a model gets wrong, or its mean absolute error. */
  readonly wrongReal: Measured;
  readonly wrongSynthetic: Measured;
}

export interface Groups {
  readonly column: string;
  readonly unit: "share" | "error";
  /** Most frequent first. */
  readonly groups: readonly Group[];
  readonly oddsReal: Measured;
  readonly oddsSynthetic: Measured;
}

/** Columns of more groups are no division that a person would look at. */
const MOST_GROUPS = 12;
const MOST_COLUMNS = 8;
/** Rows of a group below which an error or a rate is chance. */
const FEWEST = 10;

/** Columns whose groups are worth looking at, by number. */
export function groupColumns({ columns }: Table): readonly number[] {
  return columns
    .flatMap(
      (column, i) =>
      "codes" in column && new Set(column.codes.filter((code) => code >= 0)).size >= 2 && column.levels.length <= MOST_GROUPS ? [i] : [], // prettier-ignore
    )
    .slice(0, MOST_COLUMNS);
}

/**
 * A piece of work is a group.
 *
 * @param real the same model trained on real rows, `synthetic` on synthetic ones, both tested on the same rows; none where
 *   there is no target.
 */
export function* groupsOf(
  train: Table,
  synthetic: Table,
  at: number,
  learned?: { readonly real: Learned; readonly synthetic: Learned },
): Work<Groups> {
  const [before, made] = [train.columns[at] as CategoryColumn, synthetic.columns[at] as CategoryColumn];
  const tests = learned && learned.real.inputs.columns.find(({ name }) => name === before.name);
  const membersOf = (name: string): readonly number[] =>
    tests !== undefined && "codes" in tests ? rowsOf(tests, name) : [];
  const all = [before, made].map((column) => column.codes.filter((code) => code >= 0).length);
  const others = (table: Table): Table => ({ ...table, columns: table.columns.filter((_, i) => i !== at) });
  const groups: Group[] = [];
  for (const [i, name] of before.levels.entries()) {
    const [own, drawn] = [rowsOf(before, name), rowsOf(made, name)];
    if (own.length === 0) continue;
    const few = Math.min(own.length, drawn.length) < FEWEST;
    groups.push({
      name,
      real: own.length / all[0]!,
      synthetic: all[1] === 0 ? 0 : drawn.length / all[1]!,
      error: few
        ? { why: `Fewer than ${FEWEST} rows of "${name}" on one side: too few to compare.` }
        : shape(others(selectRows(train, Int32Array.from(own))), others(selectRows(synthetic, Int32Array.from(drawn)))).error, // prettier-ignore
      wrongReal: wrongIn(learned?.real.outcome, membersOf(name), name),
      wrongSynthetic: wrongIn(learned?.synthetic.outcome, membersOf(name), name),
    });
    yield (i + 1) / before.levels.length;
  }
  const members = groups.map(({ name }) => membersOf(name));
  return {
    column: before.name,
    unit: learned?.real.outcome.kind === "regression" ? "error" : "share",
    groups: groups.toSorted((a, b) => b.real - a.real),
    oddsReal: equalisedOdds(learned?.real.outcome, members),
    oddsSynthetic: equalisedOdds(learned?.synthetic.outcome, members),
  };
}

function rowsOf({ codes, levels }: CategoryColumn, name: string): number[] {
  const code = levels.indexOf(name);
  const rows: number[] = [];
  if (code >= 0) codes.forEach((own, row) => own === code && rows.push(row));
  return rows;
}

const noModel: Measured = { why: "No model was trained: choose a target, and another column than it." };

function wrongIn(outcome: Outcome | undefined, rows: readonly number[], name: string): Measured {
  if (outcome === undefined) return noModel;
  if (rows.length < FEWEST)
    return { why: `The test rows have ${rows.length} of "${name}": fewer than ${FEWEST} say little.` };
  const { predicted, truth, kind } = outcome;
  const off = rows.reduce(
    (sum, row) =>
      sum +
      (kind === "regression"
        ? Math.abs(predicted[row]! - truth[row]!)
        : Number(predicted[row] !== truth[row])),
    0,
  );
  return { value: off / rows.length };
}

/**
 * @param groups by group, its test rows. Groups with fewer than ten rows of a class, or of the others, say nothing of it.
 * @returns 0 (errors fall on all groups alike) to 1.
 */
export function equalisedOdds(
  outcome: Outcome | undefined,
  groups: readonly (readonly number[])[],
): Measured {
  if (outcome === undefined) return noModel;
  if (outcome.kind === "regression") return { why: "Odds are those of classes, and the target is a number." };
  const { predicted, truth, classes } = outcome;
  let most = NaN;
  const gap = (rates: readonly number[]): void => {
    const known = rates.filter((rate) => !Number.isNaN(rate));
    if (known.length < 2) return;
    const apart = Math.max(...known) - Math.min(...known);
    most = Number.isNaN(most) ? apart : Math.max(most, apart);
  };
  // Of two classes, the rates of one are those of the other taken from 1.
  for (let k = classes.length === 2 ? 1 : 0; k < classes.length; k++) {
    const rate = (rows: readonly number[], is: boolean): number => {
      const those = rows.filter((row) => (truth[row] === k) === is);
      return those.length < FEWEST ? NaN : those.filter((row) => predicted[row] === k).length / those.length;
    };
    gap(groups.map((rows) => rate(rows, true)));
    gap(groups.map((rows) => rate(rows, false)));
  }
  return Number.isNaN(most)
    ? { why: `Fewer than two groups have ${FEWEST} test rows of a class.` }
    : { value: most };
}
