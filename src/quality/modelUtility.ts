/**
 * What the *model* is worth beyond one table of its rows: that several of its
 * tables are useful, that it heeds conditions, that it fills gaps better than a
 * column's mean or most frequent category, and how fast it draws.
 */
import type { Column, Table } from "../table/table.ts";
import { spreadOf } from "./bootstrap.ts";
import { isValue, meanOf, type Measured } from "./measured.ts";
import { shape } from "./shape.ts";
import { trend } from "./trend.ts";
import { finish } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import { extremes } from "./valueCoverage.ts";

export interface Ranked {
  readonly model: string;
  readonly mean: number;
  /** Standard deviation over the model's tables; NaN of one. */
  readonly spread: number;
  readonly tables: number;
  /** Whether it lies within two standard errors of the best: then chance may have chosen. */
  readonly level: boolean;
}

/** Models by their mean utility over several tables each, best first. @param utilities 0 to 1, higher is better. */
export function rankModels(utilities: Readonly<Record<string, readonly number[]>>): readonly Ranked[] {
  const all = Object.entries(utilities)
    .filter(([, values]) => values.length > 0)
    .map(([model, values]) => ({
      model,
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      spread: spreadOf(values),
      tables: values.length,
    }))
    .toSorted((a, b) => b.mean - a.mean);
  const best = all[0];
  return all.map((one) => {
    const error = Math.sqrt((one.spread || 0) ** 2 / one.tables + (best!.spread || 0) ** 2 / best!.tables);
    return { ...one, level: best!.mean - one.mean <= 2 * error };
  });
}

/**
 * How well rows that were asked for by a condition are like the real rows that meet it: the mean of 1 - shape error and
 * 1 - trend error of the other columns, 0 to 1.
 *
 * @param real the real rows that meet the condition; `made` the rows that the model drew for it.
 * @param given names of the condition's columns, which are left out.
 */
export function conditionalAccuracy(real: Table, made: Table, given: readonly string[]): Measured {
  if (real.rows === 0)
    return { why: t`No real row meets the condition, so there is nothing to compare with.` };
  if (made.rows === 0) return { why: t`The model drew no row that meets the condition.` };
  const others = (table: Table): Table => ({
    ...table,
    columns: table.columns.filter(({ name }) => !given.includes(name)),
  });
  const [a, b] = [others(real), others(made)];
  const error = meanOf([shape(a, b).error, finish(trend(a, b)).error], "measures");
  return isValue(error) ? { value: 1 - error.value } : error;
}

export interface Imputation {
  readonly column: string;
  /** Numbers: root mean squared error in units of the range. Categories: share that is wrong. */
  readonly error: number;
  /** The same of the mean, or of the most frequent category, of the training rows. */
  readonly plain: number;
  /** 1 - error / plain: 1 exact, 0 no better than that, at least 0. */
  readonly score: Measured;
}

/**
 * Gaps that were made in rows whose cells are known, and filled by the model.
 *
 * @param truth the cells as they were, `filled` as the model filled them; by column name, the rows that were emptied.
 * @param train the rows whose means and frequencies are the plain guess.
 */
export function imputation(
  truth: Table,
  filled: Table,
  emptied: Readonly<Record<string, Int32Array>>,
  train: Table,
): readonly Imputation[] {
  return truth.columns.flatMap((column, i) => {
    const rows = (emptied[column.name] ?? new Int32Array(0)).filter((row) => isPresent(column, row));
    if (rows.length === 0) return [];
    const { error, plain } = errorsOf(column, filled.columns[i]!, train.columns[i]!, rows);
    const score: Measured =
      plain > 0
        ? { value: Math.max(0, 1 - error / plain) }
        : {
            why: t`Every emptied cell of "${column.name}" held the plain guess, so there was nothing to gain.`,
          };
    return [{ column: column.name, error, plain, score }];
  });
}

const isPresent = (column: Column, row: number): boolean =>
  "values" in column ? !Number.isNaN(column.values[row]!) : column.codes[row]! >= 0;

function errorsOf(
  truth: Column,
  filled: Column,
  train: Column,
  rows: Int32Array,
): { readonly error: number; readonly plain: number } {
  if ("values" in truth && "values" in filled && "values" in train) {
    const present = train.values.filter((value) => !Number.isNaN(value));
    const mean = present.reduce((sum, value) => sum + value / present.length, 0);
    const [low, high] = extremes(present);
    const unit = high > low ? high - low : 1;
    // A cell that was left empty is no better than the plain guess.
    const off = (guess: (row: number) => number): number =>
      Math.sqrt(
        rows.reduce((sum, row) => sum + ((guess(row) - truth.values[row]!) / unit) ** 2, 0) / rows.length,
      );
    return {
      error: off((row) => (Number.isNaN(filled.values[row]!) ? mean : filled.values[row]!)),
      plain: off(() => mean),
    };
  }
  if ("values" in truth || "values" in filled || "values" in train)
    throw new TypeError(t`Column "${truth.name}" holds numbers in one table and categories in another.`);
  const counts = new Map<string, number>();
  for (const code of train.codes)
    if (code >= 0) counts.set(train.levels[code]!, (counts.get(train.levels[code]!) ?? 0) + 1);
  const most = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), ["", 0] as [
    string,
    number,
  ])[0];
  const wrong = (guess: (row: number) => string | undefined): number =>
    rows.reduce((sum, row) => sum + (guess(row) === truth.levels[truth.codes[row]!] ? 0 : 1), 0) /
    rows.length;
  return { error: wrong((row) => filled.levels[filled.codes[row]!]), plain: wrong(() => most) };
}

/** Rows a second. @param seconds that drawing took, by whoever had a clock. */
export function samplingSpeed(rows: number, seconds: number): Measured {
  return seconds > 0 ? { value: rows / seconds } : { why: t`No time was measured.` };
}
