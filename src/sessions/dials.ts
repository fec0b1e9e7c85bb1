/**
 * Four cheap figures of a model's newest rows, while it learns: how alike
 * columns and pairs are, whether a few trees tell the rows from real ones, and
 * whether they keep to training rows. The same is said once of as many rows of
 * the holdout, for figures of a few hundred rows mean nothing without.
 */
import { fitBoosting } from "../downstream/boosting.ts";
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { DialsLook } from "../protocol/report.ts";
import { c2st } from "../quality/c2st.ts";
import { figureOf, similarityOf } from "../quality/compared.ts";
import type { Measured } from "../quality/measured.ts";
import { dcrShare } from "../quality/privacy.ts";
import { everyOther } from "../quality/references.ts";
import { shape } from "../quality/shape.ts";
import { trend } from "../quality/trend.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Host } from "./host.ts";
import { lookout, type Lookout } from "./lookout.ts";
import type { Prepared } from "./preparing.ts";
import type { Snapshot } from "./scene.ts";

/** Between two looks, ms; longer where they take long. */
const everyMs = 1_200;
const realRows = 1_200;
const shownRows = 400;
/** A smaller holdout tells chance from memory too badly. */
const fewestHeld = 40;
/** Columns beyond which pairs are too many to look at every second. */
const mostColumns = 24;

type Seen = Pick<Snapshot, "run" | "step" | "table">;
export type Dials = Lookout<Seen>;

export interface DialsAt {
  readonly run: number;
  readonly step: number;
  readonly look: DialsLook;
}

const words = {
  shape: {
    label: t`Column shapes`,
    sentence: t`How alike each column's values are spread, on average.`,
  },
  trend: {
    label: t`Pairs of columns`,
    sentence: t`How alike pairs of columns hang together.`,
  },
  told: {
    label: t`Not told apart`,
    sentence: t`1 where a few boosted trees can't tell synthetic rows from real ones.`,
  },
  near: {
    label: t`No nearer to training rows`,
    sentence: t`1 where rows are no nearer to training rows than to held-out ones; memorising lowers it.`,
  },
} as const;
type Name = keyof typeof words;

/** @param tell called after each look. @param fail where one went wrong. */
export function dials(
  prepared: Prepared,
  host: Pick<Host<never>, "now" | "rest">,
  tell: (at: DialsAt) => void,
  fail: (error: unknown) => void,
): Dials {
  const source = random(prepared.seed).fork("dials");
  let reference:
    { readonly train: Table; readonly held: Table; readonly marks: Record<Name, Measured> } | undefined;

  const some = (rows: Int32Array, most: number, fork: string): Table => {
    const { columns } = prepared.table;
    const table = { ...prepared.table, columns: columns.slice(0, mostColumns) };
    const order = source.fork(fork).permutation(rows.length).slice(0, most);
    return selectRows(table, order.map((i) => rows[i]!)); // prettier-ignore
  };

  function* judge(train: Table, held: Table, made: Table): Work<Record<Name, Measured>> {
    const shapes = shape(train, made);
    yield 0.1;
    const trends = yield* part(trend(train, made), 0.1, 0.3);
    const quick = (rows: Table, labels: Parameters<typeof fitBoosting>[1]) =>
      fitBoosting(rows, labels, { rounds: 15, leaves: 12 });
    const few = made.rows < train.rows ? selectRows(train, Int32Array.from({ length: made.rows }, (_, i) => i)) : train; // prettier-ignore
    const told = yield* part(c2st(few, made, quick, source.fork("folds")), 0.3, 0.7);
    const near =
      held.rows < fewestHeld
        ? { why: t`Too few rows are held out to compare with.` }
        : yield* part(dcrShare(made, train, held), 0.7, 1);
    return {
      shape: similarityOf(shapes.error),
      trend: similarityOf(trends.error),
      told: figureOf(told, "score"),
      near: figureOf(near, "protection"),
    };
  }

  function* look(table: Table): Work<DialsLook> {
    if (reference === undefined) {
      const { split } = prepared;
      // In the tables' own proportion, so that chance alone would find the nearest among the training rows as often.
      const share = Math.min(1, realRows / Math.max(1, split.train.length));
      const train = some(split.train, realRows, "train");
      const held = some(
        split.holdout,
        Math.max(fewestHeld, Math.round(share * split.holdout.length)),
        "held",
      );
      const all = some(split.holdout, 2 * shownRows, "holdout");
      const marks =
        all.rows < 2 * fewestHeld
          ? undefined
          : yield* part(judge(train, everyOther(all, 1), everyOther(all, 0)), 0, 0.5);
      const none: Measured = { why: t`Too few rows are held out to compare with.` };
      reference = { train, held, marks: marks ?? { shape: none, trend: none, told: none, near: none } };
    }
    const { train, held, marks } = reference;
    const made = { ...table, columns: table.columns.slice(0, mostColumns) };
    const figures = yield* part(judge(train, held, made), 0.5, 1);
    const names = Object.keys(words) as Name[];
    return {
      rows: made.rows,
      dials: names
        .filter((name) => name !== "trend" || made.columns.length > 1)
        .map((name) => ({ name, ...words[name], measured: figures[name], holdout: marks[name] })),
    };
  }

  return lookout(host, {
    everyMs,
    *look(snapshot: Seen) {
      const { run, step, table } = snapshot;
      return { run, step, look: yield* look(table) };
    },
    tell,
    fail,
  });
}
