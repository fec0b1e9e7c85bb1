/**
 * Transfer as an experiment: a few real rows of a target, many of a source, and
 * synthetic rows of the target from a model that saw only the few, or that learned from
 * the source first and went on from there. All is tested on real rows of the target.
 *
 * With each seed the target rows are the first of one random order of the training rows. The source is
 * the same throughout: what differs between seeds is what was few.
 */
import { count, plural, t } from "../language/words.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Experiment } from "./arms.ts";
import type { RealTables } from "./curve.ts";
import { stretch, type LongWork } from "./longWork.ts";
import type { Maker } from "./maker.ts";
import { transfer, type Transfer, type TransferOptions } from "./transfer.ts";

export interface AdaptationOptions extends TransferOptions {
  /** Real rows of the target; more than there are become all there are. */
  readonly size: number;
  /** Synthetic rows for each of them, and how many at most. */
  readonly multiple: number;
  readonly mostSynthetic: number;
  readonly seeds: readonly number[];
}

export interface Source {
  readonly name: string;
  /** With the target's columns. */
  readonly table: Table;
}

export interface Adaptation extends Omit<Transfer, "rows"> {
  readonly maker: Pick<Maker, "name" | "learnsFrom">;
  readonly rows: { readonly train: number; readonly test: number };
  readonly notes: readonly string[];
}

/** @throws what the maker throws; Error in words for options that leave nothing to do. */
export async function* adaptation(
  { train, holdout }: RealTables,
  source: Source,
  options: AdaptationOptions,
  maker: Maker,
): LongWork<Experiment<Adaptation>> {
  const { seeds, size, multiple, mostSynthetic } = options;
  if (seeds.length === 0 || options.learners.length === 0)
    throw new Error(t`Name at least one seed and one model to teach.`);
  const n = Math.min(size, train.rows);
  const m = Math.max(1, Math.min(mostSynthetic, Math.round(multiple * n)));
  const target: Table[] = [];
  const scratch: Table[] = [];
  const carried: Table[] = [];
  for (const [at, seed] of seeds.entries()) {
    const share = (of: number): number => (0.8 * (at + of)) / seeds.length;
    const real = selectRows(train, random(seed).fork("real rows").permutation(train.rows).slice(0, n));
    target.push(real);
    const make = async function* (from?: Table): LongWork<Table> {
      const made = yield* stretch(maker.open(real, seed, undefined, from), 0, 0.8);
      try {
        return yield* stretch(made.draw(m, seed), 0.8, 1);
      } finally {
        made.dispose();
      }
    };
    scratch.push(yield* stretch(make(), share(0), share(maker.carries ? 0.3 : 1)));
    if (maker.carries) carried.push(yield* stretch(make(source.table), share(0.3), share(1)));
  }
  const synthetic = { "from scratch": scratch, ...(maker.carries && { "carried over": carried }) };
  const tables = { target, source: seeds.map(() => source.table), synthetic, test: holdout };
  const experiment = yield* stretch(transfer(tables, options), 0.8, 1);
  const whole = (of: Transfer): Adaptation => ({
    ...of,
    maker: { name: maker.name, learnsFrom: maker.learnsFrom },
    rows: { train: train.rows, test: holdout.rows },
    notes: [
      t`The source is ${plural(source.table.rows, "row")} of ${source.name}; the target, ${count(n)} of its own rows with each seed.`,
      maker.carries
        ? t`From scratch, the model saw only the target rows of its seed. Carried over, it learned from the source first, as many steps, and went on with its weights on the target rows.`
        : t`${maker.name} is fitted at once, so there are no weights to carry over: its rows are from the target rows alone.`,
      t`All is tested on the same ${plural(holdout.rows, "real row")} of the target, which nothing learned from.`,
    ],
  });
  return {
    result: whole(experiment.result),
    *under(weights) {
      return whole(yield* experiment.under(weights));
    },
  };
}
