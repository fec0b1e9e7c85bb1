/**
 * Attribute disclosure: someone who knows a person's key columns looks up the
 * synthetic rows with the same key and takes their sensitive value for the
 * person's. Correct attribution probability (CAP): M. Elliot, Final Report on
 * the Disclosure Risk Associated with the Synthetic Data Produced by the SYLLS
 * Team, 2014; J. Taub et al., Differential Correct Attribution Probability for
 * Synthetic Data, 2018. The definitions are those of SDMetrics' CategoricalCAP
 * family and DisclosureProtection.
 *
 * A high hit rate is no leak by itself: where the key tells the value in the
 * whole population, every good synthetic table tells it too. Put beside it what
 * the same attack gets from the holdout, whose rows say nothing of these people.
 */
import { t } from "../language/words.ts";
import type { Column, Table } from "../table/table.ts";
import { cellsOf } from "./contingency.ts";
import type { Uncomputable } from "./measured.ts";

/**
 * What is done with a real row whose key no synthetic row has: `cap` leaves it
 * out, `zero` counts it as a miss, `generalized` looks at the nearest keys, those
 * that differ in the fewest columns.
 */
export type CapMethod = "cap" | "zero" | "generalized";

export interface Disclosure {
  /** 1 minus the mean hit rate, 0 to 1: SDMetrics' CategoricalCAP, -ZeroCAP or -GeneralizedCAP. */
  readonly protection: number;
  /** `protection` of a guess among the values that real rows have. */
  readonly baseline: number;
  /** SDMetrics' DisclosureProtection, protection / baseline, at most 1; NaN where there is nothing to guess. */
  readonly score: number;
  /** Real rows that were attacked. */
  readonly attacked: number;
}

/**
 * Numbers are cut into ten bins of the real range, closed on the right, and a gap is a value of its own.
 *
 * @param key names of the columns that are known, `sensitive` of those that are asked for; at least one each.
 * @throws TypeError where a column holds numbers in one table and categories in the other.
 */
export function disclosure(
  real: Table,
  synthetic: Table,
  key: readonly string[],
  sensitive: readonly string[],
  method: CapMethod = "cap",
): Disclosure | Uncomputable {
  const unknown = [...key, ...sensitive].find((name) => !real.columns.some((column) => column.name === name));
  if (unknown !== undefined) return { why: t`There is no column "${unknown}".` };
  if (key.length === 0 || sensitive.length === 0)
    return { why: t`Choose at least one column that is known and one that is sensitive.` };
  const cellsIn = (names: readonly string[]) =>
    names.map((name) => {
      const at = real.columns.findIndex((column) => column.name === name);
      return cellsOf(real.columns[at]!, synthetic.columns[at]!, "right");
    });
  const [keys, secrets] = [cellsIn(key), cellsIn(sensitive)];
  const wordOf = (of: typeof keys, side: "real" | "synthetic", row: number): string =>
    of.map((cells) => cells[side][row]).join();
  const known = new Map<string, Tally>();
  for (let row = 0; row < synthetic.rows; row++) {
    const word = wordOf(keys, "synthetic", row);
    let tally = known.get(word);
    if (tally === undefined)
      known.set(
        word,
        (tally = { cells: keys.map(({ synthetic: of }) => of[row]!), rows: 0, values: new Map() }),
      );
    const value = wordOf(secrets, "synthetic", row);
    tally.rows++;
    tally.values.set(value, (tally.values.get(value) ?? 0) + 1);
  }
  const near = new Map<string, readonly Tally[]>();
  const talliesFor = (row: number): readonly Tally[] => {
    const word = wordOf(keys, "real", row);
    const same = known.get(word);
    if (same !== undefined) return [same];
    if (method !== "generalized") return [];
    const found =
      near.get(word) ??
      nearest(
        known,
        keys.map(({ real: of }) => of[row]!),
      );
    near.set(word, found);
    return found;
  };
  let hits = 0;
  let attacked = 0;
  for (let row = 0; row < real.rows; row++) {
    const tallies = talliesFor(row);
    if (tallies.length === 0 && method === "cap") continue;
    attacked++;
    const value = wordOf(secrets, "real", row);
    const rows = tallies.reduce((sum, tally) => sum + tally.rows, 0);
    if (rows > 0) hits += tallies.reduce((sum, { values }) => sum + (values.get(value) ?? 0), 0) / rows;
  }
  if (attacked === 0)
    return { why: t`No synthetic row has the key of a real row, so nothing can be looked up.` };
  const protection = 1 - hits / attacked;
  const baseline =
    1 -
    1 /
      sensitive.reduce((product, name) => {
        const column = real.columns.find((each) => each.name === name)!;
        return product * valuesOf(column);
      }, 1);
  return { protection, baseline, score: baseline > 0 ? Math.min(1, protection / baseline) : NaN, attacked };
}

/** Synthetic rows of one key, and how often each sensitive value occurs among them. */
interface Tally {
  readonly cells: readonly number[];
  rows: number;
  readonly values: Map<string, number>;
}

/** Those whose keys differ from `cells` in the fewest columns. */
function nearest(known: ReadonlyMap<string, Tally>, cells: readonly number[]): readonly Tally[] {
  let least = Infinity;
  let found: Tally[] = [];
  for (const tally of known.values()) {
    const apart = tally.cells.reduce((sum, cell, i) => sum + (cell === cells[i] ? 0 : 1), 0);
    if (apart < least) {
      least = apart;
      found = [];
    }
    if (apart === least) found.push(tally);
  }
  return found;
}

/** Values that a guess chooses from: those of the real column, gaps among them, or the ten bins. */
const valuesOf = (column: Column): number => ("values" in column ? 10 : new Set(column.codes).size);
