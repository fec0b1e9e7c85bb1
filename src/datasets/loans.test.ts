import { expect, test } from "vitest";
import { random } from "../random/random.ts";
import { makeLoans } from "./loans.ts";
import { correlation, numbers, share, texts } from "./testing/columns.ts";

const rows = 10_000;
const loans = makeLoans(rows, random(1));
const column = {
  issued: numbers(loans, "issued"),
  age: numbers(loans, "age"),
  years: numbers(loans, "employment_years"),
  income: numbers(loans, "income"),
  savings: numbers(loans, "savings"),
  overdue: numbers(loans, "overdue"),
  amount: numbers(loans, "loan_amount"),
  term: numbers(loans, "term_months"),
  rate: numbers(loans, "interest_rate"),
  employment: texts(loans, "employment"),
  purpose: texts(loans, "purpose"),
  grade: texts(loans, "grade"),
  defaulted: texts(loans, "default").map((cell) => cell === "yes"),
};

/** Probability that a defaulted loan has the higher score (Mann-Whitney, ties counted half). */
function auc(score: readonly number[]): number {
  const order = score.map((_, i) => i).sort((a, b) => score[a]! - score[b]!);
  let [sum, yes] = [0, 0];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && score[order[to]!] === score[order[from]!]) to++;
    for (let k = from; k < to; k++)
      if (column.defaulted[order[k]!]) {
        sum += (from + to + 1) / 2;
        yes++;
      }
    from = to;
  }
  return (sum - (yes * (yes + 1)) / 2) / (yes * (order.length - yes));
}

const each = <T>(of: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => of(row));

test("the seed decides every cell", () => {
  expect(makeLoans(500, random(4))).toEqual(makeLoans(500, random(4)));
  expect(makeLoans(500, random(4))).not.toEqual(makeLoans(500, random(5)));
});

test("fourteen columns of four types", () => {
  expect(loans.rows).toBe(rows);
  expect(loans.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    "issued: datetime",
    "region: category",
    "age: number",
    "employment: category",
    "employment_years: number",
    "income: number",
    "savings: number",
    "overdue: number",
    "purpose: category",
    "loan_amount: number",
    "term_months: number",
    "grade: category",
    "interest_rate: number",
    "default: boolean",
  ]);
});

test("about one in twelve defaults", () => {
  const defaulted = share(rows, (row) => column.defaulted[row]!);
  expect(defaulted).toBeGreaterThan(0.07);
  expect(defaulted).toBeLessThan(0.095);
});

test("a hand-made score finds defaults at an AUC near .8, the grade alone less well, shuffled rows not at all", () => {
  const score = each((row) => {
    const income = Number.isNaN(column.income[row]!) ? 26_000 : column.income[row]!;
    const burden = (column.amount[row]! * 12) / column.term[row]! / income;
    return (
      0.5 * "ABCDEF".indexOf(column.grade[row]!) +
      3.5 * Math.min(0.5, burden) +
      (column.overdue[row]! > 0 ? 0.6 : 0) +
      (column.employment[row] === "unemployed" ? 1 : 0) +
      (column.purpose[row] === "business" ? 0.7 : 0)
    );
  });
  const found = auc(score);
  expect(found).toBeGreaterThan(0.78);
  expect(found).toBeLessThan(0.86);
  const byGrade = auc(each((row) => "ABCDEF".indexOf(column.grade[row]!)));
  expect(byGrade).toBeGreaterThan(0.7);
  expect(byGrade).toBeLessThan(found - 0.01);
  const order = random(9).permutation(rows);
  expect(auc(each((row) => score[order[row]!]!))).toBeCloseTo(0.5, 1);
});

test("savings and overdue are mostly zero, heavy-tailed above", () => {
  expect(share(rows, (row) => column.savings[row] === 0)).toBeCloseTo(0.34, 1);
  expect(share(rows, (row) => column.overdue[row] === 0)).toBeCloseTo(0.83, 1);
  for (const values of [column.savings, column.overdue]) {
    const positive = values.filter((value) => value > 0).sort();
    expect(positive.at(-1)! / positive[positive.length >> 1]!).toBeGreaterThan(20);
  }
});

test("income has a tail that a lognormal has not, and the median is that of a wage", () => {
  const income = column.income.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number): number => income[Math.floor(share * (income.length - 1))]!;
  expect(at(0.5)).toBeGreaterThan(20_000);
  expect(at(0.5)).toBeLessThan(35_000);
  const log = income.map(Math.log);
  const mean = log.reduce((a, b) => a + b) / log.length;
  const deviation = Math.sqrt(log.reduce((sum, value) => sum + (value - mean) ** 2, 0) / log.length);
  expect((log.at(-1)! - mean) / deviation).toBeGreaterThan(5);
});

test("gaps have their reasons", () => {
  const gap = (values: Float64Array, kind: string): number =>
    share(
      rows,
      (row) => Number.isNaN(values[row]),
      (row) => column.employment[row] === kind,
    );
  expect(gap(column.years, "retired")).toBe(1);
  expect(gap(column.years, "unemployed")).toBe(1);
  expect(gap(column.years, "self-employed")).toBeGreaterThan(0.7);
  expect(gap(column.years, "employed")).toBeLessThan(0.03);
  expect(gap(column.income, "self-employed")).toBeGreaterThan(4 * gap(column.income, "employed"));
  for (const name of ["issued", "age", "savings", "overdue", "loan_amount", "term_months", "interest_rate"])
    expect(numbers(loans, name).some(Number.isNaN)).toBe(false);
});

test("a rare purpose is there, but rare", () => {
  const boats = share(rows, (row) => column.purpose[row] === "boat");
  expect(boats).toBeGreaterThan(0.002);
  expect(boats).toBeLessThan(0.01);
});

test("columns hang together: grade and rate, income and amount, age and work", () => {
  const grade = each((row) => "ABCDEF".indexOf(column.grade[row]!));
  expect(correlation(grade, column.rate)).toBeGreaterThan(0.85);
  expect(correlation(column.income.map(Math.log), column.amount.map(Math.log))).toBeGreaterThan(0.4);
  expect(each((row) => column.employment[row] !== "retired" || column.age[row]! > 50)).not.toContain(false);
  expect(
    each((row) => Number.isNaN(column.years[row]) || column.years[row]! <= column.age[row]! - 17),
  ).not.toContain(false);
});

test("the jobless without savings default far more often than either sort alone", () => {
  const jobless = (row: number): boolean => column.employment[row] === "unemployed";
  const broke = (row: number): boolean => column.savings[row] === 0;
  const rate = (among: (row: number) => boolean): number =>
    share(rows, (row) => column.defaulted[row]!, among);
  const both = rate((row) => jobless(row) && broke(row));
  expect(both).toBeGreaterThan(1.5 * rate((row) => jobless(row) && !broke(row)));
  expect(both).toBeGreaterThan(2 * rate((row) => !jobless(row) && broke(row)));
});

test("numbers stay in their bounds and spellings", () => {
  for (let row = 0; row < rows; row++) {
    expect(column.age[row]! >= 18 && column.age[row]! <= 85).toBe(true);
    expect(
      column.amount[row]! >= 500 && column.amount[row]! <= 75_000 && column.amount[row]! % 50 === 0,
    ).toBe(true);
    expect([12, 24, 36, 48, 60, 84]).toContain(column.term[row]);
    expect(column.rate[row]! > 2 && column.rate[row]! < 36).toBe(true);
    expect(Number.isNaN(column.income[row]) || column.income[row]! >= 3_000).toBe(true);
    const weekday = new Date(column.issued[row]!).getUTCDay();
    expect(weekday === 0 || weekday === 6).toBe(false);
    expect(column.issued[row]! >= column.issued[Math.max(0, row - 1)]!).toBe(true);
  }
});
