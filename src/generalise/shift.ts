/**
 * A test under another distribution: the real test rows, weighed so that a value or a range
 * has the share that a person set by a slider. Nothing is trained again, and no
 * row is invented; what the test rows hold hardly any of can't be tested by weighing them up,
 * and the number of rows that the weighed ones are worth says so.
 *
 * Several shares at once are met by raking: each is put right in turn until all
 * hold (W. E. Deming, F. F. Stephan, On a Least Squares Adjustment, 1940).
 */
import { part, type Work } from "../downstream/work.ts";
import { count, t } from "../language/words.ts";
import type { Uncomputable } from "../quality/measured.ts";
import { quoted } from "../table/said.ts";
import type { Column, Table } from "../table/table.ts";
import type { Experiment } from "./arms.ts";

/** The share of the test rows, 0 to 1, that has a value (null is a missing cell) or lies in a range, whose ends are included. */
export type Shift = { readonly column: string; readonly share: number } & (
  { readonly value: string | null } | { readonly from?: number; readonly to?: number }
);

export interface Weighing {
  /** By test row; their mean is 1. */
  readonly weights: Float64Array;
  /** (Σw)² / Σw²: how many unweighed rows would make a test as sure (L. Kish, 1965). */
  readonly effective: number;
  /** By shift: its share among the test rows as they are. */
  readonly before: readonly number[];
}

const MOST_ROUNDS = 500;
const NEAR = 1e-9;

/** @returns why not, in words, where no weighing of these rows meets the shares. */
export function weighing(table: Table, shifts: readonly Shift[]): Weighing | Uncomputable {
  const weights = new Float64Array(table.rows).fill(1);
  const inside: Uint8Array[] = [];
  for (const shift of shifts) {
    const column = table.columns.find(({ name }) => name === shift.column);
    if (column === undefined) return { why: t`There is no column ${quoted(shift.column)} to shift.` };
    if (!(shift.share >= 0 && shift.share <= 1))
      return { why: t`A share is from 0 to 1; ${shift.share} of ${quoted(shift.column)} is not.` };
    const meets = memberOf(column, shift);
    if ("why" in meets) return meets;
    const rows = Uint8Array.from({ length: table.rows }, (_, row) => (meets.of(row) ? 1 : 0));
    const met = rows.reduce((sum, one) => sum + one, 0);
    if ((met === 0 && shift.share > 0) || (met === table.rows && shift.share < 1))
      return {
        why: t`${met === 0 ? t`No` : t`Every`} test row has ${whatWords(shift)}, so no weighing gives it another share.`,
      };
    inside.push(rows);
  }
  const shareOf = (rows: Uint8Array): number =>
    weights.reduce((sum, weight, row) => sum + weight * rows[row]!, 0) /
    weights.reduce((sum, weight) => sum + weight, 0);
  const before = inside.map(shareOf);
  for (let round = 0; ; round++) {
    let farthest = 0;
    for (const [i, { share }] of shifts.entries()) {
      const rows = inside[i]!;
      const now = shareOf(rows);
      farthest = Math.max(farthest, Math.abs(now - share));
      const [up, down] = [now > 0 ? share / now : 0, now < 1 ? (1 - share) / (1 - now) : 0];
      for (let row = 0; row < weights.length; row++) weights[row]! *= rows[row] === 1 ? up : down;
    }
    if (farthest < NEAR) break;
    if (round === MOST_ROUNDS || !weights.some((weight) => weight > 0))
      return {
        why: t`No weighing of the test rows gives all of this at once: ${shifts.map(shiftWords).join(", ")}.`,
      };
  }
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const squares = weights.reduce((all, weight) => all + weight ** 2, 0);
  return {
    weights: weights.map((weight) => (weight * weights.length) / sum),
    effective: sum ** 2 / squares,
    before,
  };
}

function memberOf(column: Column, shift: Shift): { of(row: number): boolean } | Uncomputable {
  if ("value" in shift) {
    if ("values" in column) {
      if (shift.value === null) return { of: (row) => Number.isNaN(column.values[row]!) };
      return { why: t`${quoted(column.name)} holds numbers: shift the share of a range.` };
    }
    const code = shift.value === null ? -1 : column.levels.indexOf(shift.value);
    const known = shift.value === null || code >= 0;
    return { of: (row) => known && column.codes[row] === code };
  }
  if (!("values" in column))
    return {
      why: t`${quoted(column.name)} holds categories, which have no range: shift the share of one of them.`,
    };
  const { from = -Infinity, to = Infinity } = shift;
  return { of: (row) => column.values[row]! >= from && column.values[row]! <= to };
}

/** "30 % with region = Isles". */
const shiftWords = (shift: Shift): string =>
  t`${Number((100 * shift.share).toFixed(1))} % with ${whatWords(shift)}`;

function whatWords(shift: Shift): string {
  const { column } = shift;
  if ("value" in shift) return `${column} ${shift.value === null ? "missing" : `= ${shift.value}`}`;
  const { from, to } = shift;
  if (from === undefined) return to === undefined ? t`${column} present` : t`${column} up to ${to}`;
  return to === undefined ? t`${column} from ${from} on` : t`${column} from ${from} to ${to}`;
}

/** An experiment's result on shifted test rows. */
export interface Shifted<T> {
  readonly shifts: readonly Shift[];
  readonly before: readonly number[];
  readonly effective: number;
  readonly result: T;
  readonly words: string;
}

/** @param test the test rows of the experiment. */
export function* underShift<T>(
  experiment: Experiment<T>,
  test: Table,
  shifts: readonly Shift[],
): Work<Shifted<T> | Uncomputable> {
  const weighed = weighing(test, shifts);
  if ("why" in weighed) return weighed;
  const { weights, before, effective } = weighed;
  const result = yield* part(experiment.under(weights), 0, 1);
  const now = shifts.map((shift, i) => t`${shiftWords(shift)} (${Number((100 * before[i]!).toFixed(1))} % as they are)`); // prettier-ignore
  const words = t`The test rows are weighed to ${now.join(", ")}; ${count(test.rows)} of them then say as much as ${count(effective)}.`;
  return { shifts, before, effective, result, words };
}
