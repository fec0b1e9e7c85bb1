/**
 * A loan book: one row a loan, with a rare yes in `default` to predict. Everything
 * is invented. What makes it hard for a model is what makes real books hard:
 *
 * - zeros: most people have nothing overdue and a third no savings, the rest is heavy-tailed;
 * - heavy tails: income is lognormal with a Pareto tail, loans follow income;
 * - repeated values: amounts in fifties, six terms, a rate card behind the interest;
 * - gaps with a reason: no years in a job for those without one, no income for some of the self-employed;
 * - interactions: no savings hurts the jobless most, a business loan the self-employed, a long term the young;
 * - a rare purpose (boats), an ordered grade, dates on working days that thin out in 2020.
 */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { booleanColumn, categoryColumn, dateColumn, numberColumn } from "./column.ts";
import { day, newYear, weekday } from "./calendar.ts";
import { drawBorrower, type Borrower } from "./borrower.ts";

const purposes = ["debt consolidation", "car", "home", "wedding", "medical", "business", "boat"] as const;
type Purpose = (typeof purposes)[number];
const terms = [12, 24, 36, 48, 60, 84] as const;
const grades = ["A", "B", "C", "D", "E", "F"] as const;
/** Lowest score that still earns the grade; below the last it is F. */
const gradeFloors = [1.25, 0.55, -0.1, -0.75, -1.5] as const;
const rateCard = [4.9, 7.4, 10.9, 14.9, 19.4, 24.9] as const;

/** Loans issued per year, 2018 to 2024, as weights. */
const yearWeights = [0.9, 1.1, 0.5, 0.9, 1.2, 1.35, 1.4] as const;
/** Percentage points on every rate, by year: money became dear in 2022. */
const baseRates = [0.6, 0.7, 0.1, 0.1, 1.5, 4.2, 4.6] as const;

function drawPurpose(borrower: Borrower, random: Random): Purpose {
  const own = borrower.employment === "self-employed";
  const old = borrower.age > 60;
  const young = borrower.age < 36;
  const weights = [
    34,
    24,
    old ? 24 : 16,
    young ? 11 : 3,
    old ? 12 : 7,
    own ? 34 : 3,
    borrower.income > 60_000 ? 2.4 : 0.4,
  ];
  return purposes[random.pick(weights)]!;
}

/** A working day of 2018 + `year`: what falls on a Saturday is booked on the Friday, on a Sunday on the Monday if that is the same year. */
function drawDate(year: number, random: Random): number {
  const [start, end] = [newYear(2018 + year), newYear(2019 + year)];
  const date = start + day * random.integer((end - start) / day);
  const past = weekday(date) - 4; // days since Friday
  if (past <= 0) return date;
  const monday = date + (3 - past) * day;
  return monday < end && past === 2 ? monday : date - past * day;
}

/** What was lent: the wish follows income and purpose, and comes in fifties. */
function drawAmount(borrower: Borrower, purpose: Purpose, random: Random): number {
  const scale = {
    "debt consolidation": 0.27,
    car: 0.3,
    home: 0.33,
    wedding: 0.2,
    medical: 0.12,
    business: 0.45,
    boat: 0.6,
  };
  const amount = borrower.income ** 0.8 * 8 * scale[purpose] * Math.exp(0.55 * random.normal());
  // Round numbers are what people ask for: thousands above five, fifties below.
  const step = amount > 5_000 && random.uniform() < 0.6 ? 1_000 : 50;
  return Math.min(75_000, Math.max(500, step * Math.round(amount / step)));
}

function drawTerm(amount: number, random: Random): number {
  const wish = 5 + 4.6 * Math.sqrt(amount / 100) * Math.exp(0.25 * random.normal());
  return terms.reduce((best, term) => (Math.abs(term - wish) < Math.abs(best - wish) ? term : best));
}

/** The lender's view before pricing: higher is safer, about standard normal. */
function drawScore(borrower: Borrower, burden: number, random: Random): number {
  return (
    0.55 +
    0.35 * Math.log(borrower.income / 28_000) +
    0.014 * (borrower.age - 42) +
    (borrower.savings > 0 ? 0.35 : -0.2) -
    (borrower.overdue > 0 ? 1.05 : 0) -
    1.6 * Math.max(0, burden - 0.1) -
    (borrower.employment === "unemployed" ? 0.7 : 0) +
    0.55 * random.normal()
  );
}

/** Log-odds of default: what the lender saw, and what only the combination of columns tells. */
function riskOf(
  borrower: Borrower,
  loan: { purpose: Purpose; term: number; grade: number; burden: number },
): number {
  return (
    -4.15 +
    0.52 * loan.grade +
    3.5 * Math.min(0.5, loan.burden) +
    (borrower.overdue > 0 ? 0.5 + 0.12 * Math.log(borrower.overdue / 100) : 0) +
    (borrower.employment === "unemployed" ? (borrower.savings > 0 ? 0.2 : 1.1) : 0) +
    (loan.purpose === "business" ? (borrower.employment === "self-employed" ? 1.1 : 0.3) : 0) +
    (borrower.age < 30 && loan.term >= 48 ? 0.8 : 0) +
    (loan.purpose === "medical" ? 0.4 : 0) -
    0.05 * Math.min(12, borrower.years ?? 4)
  );
}

/** `rows` loans in order of issue. */
export function makeLoans(rows: number, random: Random): Table {
  const loans = Array.from({ length: rows }, () => {
    const borrower = drawBorrower(random);
    const year = random.pick(yearWeights);
    const purpose = drawPurpose(borrower, random);
    const amount = drawAmount(borrower, purpose, random);
    const term = drawTerm(amount, random);
    /** Share of the yearly income that goes into repaying. */
    const burden = (amount * (12 / term)) / borrower.income;
    const score = drawScore(borrower, burden, random);
    const grade = gradeFloors.findIndex((floor) => score >= floor);
    const step = grade < 0 ? grades.length - 1 : grade;
    const rate = rateCard[step]! + baseRates[year]! + 0.35 * random.normal() + (term > 60 ? 0.5 : 0);
    const risk = riskOf(borrower, { purpose, term, grade: step, burden });
    // Income goes unproven mostly for small loans and for those who write their own payslips.
    const unproven = (borrower.employment === "self-employed" ? 0.16 : 0.008) + (amount < 2_000 ? 0.05 : 0);
    return {
      issued: drawDate(year, random),
      ...borrower,
      years: borrower.years ?? Number.NaN,
      income: random.uniform() < unproven ? Number.NaN : borrower.income,
      purpose,
      amount,
      term,
      grade: grades[step]!,
      rate,
      defaulted: random.uniform() < 1 / (1 + Math.exp(-risk)),
    };
  }).sort((a, b) => a.issued - b.issued);
  const of = <K extends keyof (typeof loans)[number]>(key: K) => loans.map((loan) => loan[key]);
  return {
    columns: [
      dateColumn("issued", of("issued")),
      categoryColumn("region", of("region")),
      numberColumn("age", of("age"), 0),
      categoryColumn("employment", of("employment")),
      numberColumn("employment_years", of("years"), 1),
      numberColumn("income", of("income"), 0),
      numberColumn("savings", of("savings"), 2),
      numberColumn("overdue", of("overdue"), 2),
      categoryColumn("purpose", of("purpose")),
      numberColumn("loan_amount", of("amount"), 0),
      numberColumn("term_months", of("term"), 0),
      categoryColumn("grade", of("grade")),
      numberColumn("interest_rate", of("rate"), 2),
      booleanColumn("default", of("defaulted")),
    ],
    rows,
  };
}
