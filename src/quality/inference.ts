/**
 * Attribute disclosure of numbers: someone fits a line from key to sensitive
 * columns on synthetic rows and reads real people's values off it. SDMetrics'
 * NumericalLR: the squared error on the scale of the real column's ranks, mean
 * over rows, 0 (every value known) up; guessing the median gets 1/12.
 *
 * SDMetrics puts values on that scale by a distribution that it picks among
 * several families and fits to the real column; here it is always a smoothed
 * empirical one (a kernel density), so figures agree to about 0.02. Unsmoothed,
 * a prediction just beside a value that many rows share would count as far off.
 */
import { fitLinear } from "../downstream/linear.ts";
import { finish } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Column, NumberColumn, DatetimeColumn, Table } from "../table/table.ts";
import type { Measured } from "./measured.ts";

type QuantityColumn = NumberColumn | DatetimeColumn;

/**
 * @param key names of the columns of numbers that are known, `sensitive` of those that are read off; at least one each.
 * @param gaps what becomes of rows with a missing cell in any of these columns.
 */
export function numericalInference(
  real: Table,
  synthetic: Table,
  key: readonly string[],
  sensitive: readonly string[],
  gaps: "leave out" | "refuse" = "leave out",
): Measured {
  const names = [...key, ...sensitive];
  const [from, on] = [numbersOf(synthetic, names), numbersOf(real, names)];
  if (from === undefined || on === undefined || key.length === 0 || sensitive.length === 0)
    return { why: t`Choose columns of numbers, at least one that is known and one that is sensitive.` };
  const [learned, asked] = [wholeRows(from), wholeRows(on)];
  if (gaps === "refuse" && learned[0]!.values.length + asked[0]!.values.length < synthetic.rows + real.rows)
    return { why: t`Cells are missing in these columns, and a line has no place for them.` };
  const rows = asked[0]!.values.length;
  if (rows === 0 || learned[0]!.values.length === 0)
    return {
      why: t`No row of the ${rows === 0 ? t`real` : t`synthetic`} table has a value in all of these columns.`,
    };
  const inputs = (columns: readonly QuantityColumn[]): Table => ({
    columns: columns.slice(0, key.length),
    rows: columns[0]!.values.length,
  });
  let loss = 0;
  for (let i = key.length; i < names.length; i++) {
    const line = finish(fitLinear(inputs(learned), learned[i]!.values, 0));
    const rank = smoothRank(asked[i]!.values);
    const predicted = line.predict(inputs(asked));
    for (let row = 0; row < rows; row++) loss += (rank(predicted[row]!) - rank(asked[i]!.values[row]!)) ** 2;
  }
  return { value: loss / rows };
}

function numbersOf({ columns }: Table, names: readonly string[]): readonly QuantityColumn[] | undefined {
  const found = names.map((name) => columns.find((column) => column.name === name));
  return found.every((column): column is QuantityColumn => isQuantity(column)) ? found : undefined;
}

const isQuantity = (column: Column | undefined): boolean => column !== undefined && "values" in column;

/** The columns over the rows where all of them have a value. */
function wholeRows(columns: readonly QuantityColumn[]): readonly QuantityColumn[] {
  const whole = columns[0]!.values.map((_, row) =>
    columns.every(({ values }) => !Number.isNaN(values[row]!)) ? 1 : 0,
  );
  return columns.map((column) => ({ ...column, values: column.values.filter((_, row) => whole[row] === 1) }));
}

/** Values that stand for a column's distribution: more of them, evenly thinned, would draw the same curve. */
const MOST_VALUES = 1_000;

/**
 * Distribution function of a column, smooth: a normal curve around each value, as wide as D. W. Scott, Multivariate Density
 * Estimation, 1992, section 6.3.2 has it, sd · n^(-1/5).
 *
 * @returns from a number to 0..1.
 */
function smoothRank(values: Float64Array): (value: number) => number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  const deviation = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1),
  );
  const width = deviation * n ** -0.2;
  const sorted = values.toSorted();
  const kept = Math.min(n, MOST_VALUES);
  const few = Float64Array.from({ length: kept }, (_, i) => sorted[Math.floor(((i + 0.5) * n) / kept)]!);
  const known = new Map<number, number>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    let sum = 0;
    for (const centre of few)
      sum += width > 0 ? normalCdf((value - centre) / width) : (Math.sign(value - centre) + 1) / 2;
    known.set(value, sum / kept);
    return sum / kept;
  };
}

/** To 1e-7: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 1964, 26.2.17. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const beyond = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
  return z > 0 ? 1 - beyond : beyond;
}
