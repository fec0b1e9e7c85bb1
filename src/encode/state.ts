/**
 * A number column is not always just numbers. Its state says, row by row, what
 * kind of cell this is: an ordinary value, a missing cell, or one of a few
 * values so frequent that they deserve a category of their own ("atoms": the
 * zero of a zero-inflated column). Models learn the state as a category; the
 * number beside it only matters where the state is "ordinary".
 */

/** Counts over the training rows. Positions in the span: ordinary, missing, then atoms; those that never occur are left out. */
export interface StateCounts {
  readonly ordinary: number;
  readonly missing: number;
  /** Ascending. */
  readonly atoms: readonly number[];
  readonly atomCounts: readonly number[];
}

/** A value that fills this share of the observed cells becomes an atom … */
const ATOM_SHARE = 0.15;
/** … and a column of no more distinct values than this, each met often, is atoms throughout. */
const MOST_ATOMS = 10;
/** How often values must repeat, on average, before few distinct ones mean a scale and not a small sample. */
const REPEATS = 5;

/**
 * @param sorted observed training values, ascending.
 * @param withAtoms false where a person asked for plain numbers: then only gaps, never values, get a category.
 */
export function fitStates(sorted: Float64Array, missing: number, withAtoms: boolean): StateCounts {
  const runs = runsOf(sorted);
  const all = runs.length === 1 || (runs.length <= MOST_ATOMS && sorted.length >= REPEATS * runs.length);
  const least = Math.max(REPEATS, ATOM_SHARE * sorted.length);
  const atoms = withAtoms ? (all ? runs : runs.filter((run) => run.count >= least)) : [];
  return {
    ordinary: sorted.length - atoms.reduce((sum, run) => sum + run.count, 0),
    missing,
    atoms: atoms.map((run) => run.value),
    atomCounts: atoms.map((run) => run.count),
  };
}

/** Few distinct values, each met often: what is generated should keep to them. */
export function isStepped(distinct: number, observed: number): boolean {
  return distinct <= 32 && observed >= REPEATS * distinct;
}

export interface States {
  /** Training frequency of each position; `frequencies.length` is the span's width (below 2: no span). */
  readonly frequencies: readonly number[];
  /** Position of ordinary values or of missing cells, -1 where there are none. */
  readonly ordinaryAt: number;
  readonly missingAt: number;
  /** e.g. "value, missing or 0". */
  readonly label: string;
  /** See `ColumnCoder.places`. */
  readonly places: readonly string[];
  /** Position of a cell; `value` NaN for a missing one. Cells that training never saw go to the nearest position. */
  positionOf(value: number): number;
  /** The atom at a position, undefined for the other positions. */
  atomAt(position: number): number | undefined;
}

export function openStates(counts: StateCounts, write: (value: number) => string): States {
  const frequencies: number[] = [];
  const names: string[] = [];
  const add = (count: number, name: string): number => {
    names.push(name);
    return frequencies.push(count) - 1;
  };
  const ordinaryAt = counts.ordinary > 0 ? add(counts.ordinary, "value") : -1;
  const missingAt = counts.missing > 0 ? add(counts.missing, "missing") : -1;
  const firstAtom = frequencies.length;
  counts.atoms.forEach((atom, i) => add(counts.atomCounts[i]!, write(atom)));
  const commonest = frequencies.indexOf(Math.max(...frequencies));
  return {
    frequencies,
    ordinaryAt,
    missingAt,
    label: `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`,
    places: names.map((name, position) =>
      position < firstAtom ? name : `=${counts.atoms[position - firstAtom]!}`,
    ),
    positionOf(value) {
      if (Number.isNaN(value)) return missingAt >= 0 ? missingAt : ordinaryAt >= 0 ? ordinaryAt : commonest;
      const exact = counts.atoms.indexOf(value);
      if (exact >= 0) return firstAtom + exact;
      if (ordinaryAt >= 0) return ordinaryAt;
      return counts.atoms.length > 0 ? firstAtom + nearest(counts.atoms, value) : commonest;
    },
    atomAt: (position) => counts.atoms[position - firstAtom],
  };
}

/** Index of the element of `list` nearest to `value`; the first of equally near ones. */
export function nearest(list: readonly number[], value: number): number {
  let best = 0;
  for (let i = 1; i < list.length; i++)
    if (Math.abs(list[i]! - value) < Math.abs(list[best]! - value)) best = i;
  return best;
}

export function runsOf(sorted: Float64Array): { value: number; count: number }[] {
  const runs: { value: number; count: number }[] = [];
  for (const value of sorted) {
    const run = runs.at(-1);
    if (run && run.value === value) run.count++;
    else runs.push({ value, count: 1 });
  }
  return runs;
}
