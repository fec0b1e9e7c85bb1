/**
 * Whom synthetic rows serve badly: the groups of one column, each by itself.
 * How many rows of it there are, how true they are, and how often a model that
 * learned from them errs on the group's real rows. Averages over all rows hide
 * what happens to a few of them, and synthetic rows thin out what is rare.
 *
 * Nothing is trained here: the models are those of the report.
 */
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Compared } from "../quality/compared.ts";
import type { Outcome } from "../quality/efficacy.ts";
import type { Measured, Uncomputable } from "../quality/measured.ts";
import { shape } from "../quality/shape.ts";
import type { Predictions } from "../quality/report.ts";
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { groupingOf, type Grouping } from "./grouping.ts";
import { equalisedOdds, type EqualisedOdds } from "./odds.ts";

export type Standing = "kept" | "vanished" | "thinned" | "amplified" | "too few to tell";

export interface Group {
  /** "Isles", "23 to below 31", "(missing)". */
  readonly name: string;
  /** `tested` are those of the holdout that the models were tested on. */
  readonly rows: {
    readonly train: number;
    readonly holdout: number;
    readonly synthetic: number;
    readonly tested: number;
  };
  /** Of all rows, 0 to 1. */
  readonly shares: { readonly train: number; readonly synthetic: number };
  readonly standing: Standing;
  /** Mean KS or TV distance of the other columns within the group, of synthetic and of held-out rows from training rows. */
  readonly shapeError: { readonly synthetic: Measured; readonly holdout: Measured };
  /** Share of the group's tested rows that the model gets wrong, or its mean absolute error; by what it learned from. */
  readonly wrong: { readonly real: Measured; readonly synthetic: Measured };
}

export interface Groups {
  readonly column: string;
  /** Categories as they are, numbers and dates in quarters of the training rows. */
  readonly by: Grouping["by"];
  readonly unit: "share" | "error";
  /** Most frequent in training first. */
  readonly groups: readonly Group[];
  readonly odds: {
    readonly real: EqualisedOdds | Uncomputable;
    readonly synthetic: EqualisedOdds | Uncomputable;
  };
}

/** Share of a group's own share by which it must change to be called thinned or amplified, and standard errors that chance leaves it. */
const CHANGED = 0.2;
const SURE = 3;
/** Fewest rows that would be expected where a group is called vanished, and fewest whose columns or errors say anything. */
const EXPECTED = 5;
const FEWEST = 10;
/** Of a wide table's columns the groups of so many are looked at. */
const MOST_COLUMNS = 16;

/** Columns to look at, by name: those that were asked about first, then those of few categories, then the others. */
export function groupColumns({ columns }: Table, asked: readonly string[]): readonly string[] {
  const names = columns.map(({ name }) => name);
  const divides = columns.flatMap((column) => ("codes" in column ? [column.name] : []));
  return [...new Set([...asked.filter((name) => names.includes(name)), ...divides, ...names])].slice(
    0,
    MOST_COLUMNS,
  );
}

/**
 * A piece of work is a group.
 *
 * @param learned what models say of held-out rows, or why there are none; without them groups have no downstream error.
 * @throws TypeError where the tables' columns differ.
 */
export function* subgroups(
  { train, holdout, synthetic }: Compared,
  name: string,
  learned: Predictions | Uncomputable,
  random: Random,
): Work<Groups | Uncomputable> {
  const grouping = groupingOf(train, name);
  if ("why" in grouping) return grouping;
  const { names, by } = grouping;
  const tests = membersOf(learned, grouping, name);
  const wrong = wrongIn(tests);
  const without = (table: Table): Table => ({
    ...table,
    columns: table.columns.filter((column) => column.name !== name),
  });
  const [real, held, made] = [train, holdout, synthetic].map((table) => ({
    others: without(table),
    of: grouping.of(table),
  })) as [Members, Members, Members];
  const groups: Group[] = [];
  for (const [group, spelling] of names.entries()) {
    const [own, fresh, drawn] = [real, held, made].map(({ of }) => rowsOf(of, group)) as [Int32Array, Int32Array, Int32Array]; // prettier-ignore
    const truth = selectRows(real.others, own);
    const compare = (table: Table, rows: Int32Array): Measured =>
      Math.min(own.length, rows.length) < FEWEST
        ? { why: t`There are fewer than ${FEWEST} rows of "${spelling}" to compare.` }
        : shape(truth, selectRows(table, rows)).error;
    const tested = "why" in tests ? [] : rowsOf(tests.of, group);
    groups.push({
      name: spelling,
      rows: { train: own.length, holdout: fresh.length, synthetic: drawn.length, tested: tested.length },
      shares: { train: own.length / train.rows, synthetic: drawn.length / Math.max(1, synthetic.rows) },
      standing: standingOf(own.length, train.rows, drawn.length, synthetic.rows),
      shapeError: { synthetic: compare(made.others, drawn), holdout: compare(held.others, fresh) },
      wrong: wrong(tested, spelling),
    });
    yield (0.9 * (group + 1)) / names.length;
  }
  const oddsOf = (side: keyof Predictions): Work<EqualisedOdds | Uncomputable> =>
    equalisedOdds("why" in tests ? tests : tests[side], "why" in tests ? new Int32Array(0) : tests.of, names, random.fork("odds")); // prettier-ignore
  return {
    column: name,
    by,
    unit: !("why" in tests) && tests.real.kind === "regression" ? "error" : "share",
    groups: groups.toSorted((a, b) => b.rows.train - a.rows.train),
    odds: {
      real: yield* part(oddsOf("real"), 0.9, 0.95),
      synthetic: yield* part(oddsOf("synthetic"), 0.95, 1),
    },
  };
}

interface Members {
  readonly others: Table;
  /** By row its group. */
  readonly of: Int32Array;
}

interface Tests {
  readonly of: Int32Array;
  readonly real: Outcome;
  readonly synthetic: Outcome;
}

/** The tested rows by group. What a model predicts is not among the columns that it was shown. */
function membersOf(
  learned: Predictions | Uncomputable,
  grouping: Grouping,
  name: string,
): Tests | Uncomputable {
  if ("why" in learned) return learned;
  const { inputs } = learned.real;
  if (!inputs.columns.some((column) => column.name === name))
    return { why: t`"${name}" is what the models predict.` };
  return { of: grouping.of(inputs), real: learned.real.outcome, synthetic: learned.synthetic.outcome };
}

function wrongIn(tests: Tests | Uncomputable): (rows: ArrayLike<number>, name: string) => Group["wrong"] {
  return (rows, name) => {
    if ("why" in tests) return { real: tests, synthetic: tests };
    if (rows.length < FEWEST) {
      const few = {
        why: t`The test rows have ${rows.length} of "${name}": fewer than ${FEWEST} say little.`,
      };
      return { real: few, synthetic: few };
    }
    const off = ({ kind, predicted, truth }: Outcome): Measured => ({
      value:
        Array.from(rows).reduce(
          (sum, row) =>
            sum +
            (kind === "regression"
              ? Math.abs(predicted[row]! - truth[row]!)
              : Number(predicted[row] !== truth[row])),
          0,
        ) / rows.length,
    });
    return { real: off(tests.real), synthetic: off(tests.synthetic) };
  };
}

function rowsOf(of: Int32Array, group: number): Int32Array {
  const rows: number[] = [];
  of.forEach((own, row) => own === group && rows.push(row));
  return Int32Array.from(rows);
}

/** Two shares compared by the pooled standard error of their difference. */
function standingOf(own: number, train: number, drawn: number, synthetic: number): Standing {
  const share = own / train;
  if (share * synthetic < EXPECTED) return drawn === 0 || own === 0 ? "too few to tell" : standing();
  return drawn === 0 ? "vanished" : standing();
  function standing(): Standing {
    const pooled = (own + drawn) / (train + synthetic);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / train + 1 / synthetic));
    const change = drawn / synthetic - share;
    if (Math.abs(change) <= SURE * error || Math.abs(change) <= CHANGED * share) return "kept";
    return change < 0 ? "thinned" : "amplified";
  }
}
