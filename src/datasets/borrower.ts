/** The person behind a loan: who they are and what they have, before any loan is asked for. */
import type { Random } from "../random/random.ts";

export type Employment = "employed" | "self-employed" | "retired" | "student" | "unemployed";

export interface Borrower {
  readonly region: string;
  /** Whole years, 18 to 85. */
  readonly age: number;
  readonly employment: Employment;
  /** Years with the present employer; undefined where there is none, or it was not told. */
  readonly years: number | undefined;
  /** Per year, before tax; at least 3,000. */
  readonly income: number;
  /** 0 for a third; heavy-tailed above. */
  readonly savings: number;
  /** Money overdue elsewhere: 0 for five in six. */
  readonly overdue: number;
}

const regions = ["North", "Midlands", "Coast", "Capital", "Highlands", "Isles"] as const;
const regionWeights = [24, 22, 20, 19, 12, 3] as const;
/** Incomes against the country's, in the order of `regions`. */
const regionPay = [0.92, 0.96, 1, 1.28, 0.88, 0.84] as const;

const employments: readonly Employment[] = ["employed", "self-employed", "retired", "student", "unemployed"];
const medianIncome: Readonly<Record<Employment, number>> = {
  employed: 32_000,
  "self-employed": 29_000,
  retired: 19_000,
  student: 9_000,
  unemployed: 10_500,
};
/** Standard deviation of log income. */
const incomeSpread: Readonly<Record<Employment, number>> = {
  employed: 0.42,
  "self-employed": 0.75,
  retired: 0.4,
  student: 0.4,
  unemployed: 0.35,
};

/** Normal ages with the ends cut off: drawn again until one fits, so that none pile up at a limit. */
function drawAge(
  mean: number,
  spread: number,
  [low, high]: readonly [number, number],
  random: Random,
): number {
  for (;;) {
    const age = Math.round(mean + spread * random.normal());
    if (age >= low && age <= high) return age;
  }
}

function drawEmployment(age: number, random: Random): Employment {
  if (age >= 66) return employments[random.pick([8, 7, 85, 0, 0])]!;
  if (age < 25) return employments[random.pick([60, 5, 0, 26, 9])]!;
  return employments[random.pick([76, 14, age > 58 ? 18 : 0, 1, 7])]!;
}

/** Lognormal; one in forty of the working draws a Pareto factor (exponent 2.2) on top. */
function drawIncome(age: number, employment: Employment, pay: number, random: Random): number {
  const career = employment === "employed" ? 1 - ((age - 48) / 55) ** 2 : 1;
  const working = employment === "employed" || employment === "self-employed";
  const tail = working && random.uniform() < 0.025 ? (1 - random.uniform()) ** (-1 / 2.2) : 1;
  const income =
    medianIncome[employment] * pay * career * tail * Math.exp(incomeSpread[employment] * random.normal());
  // Many state their income in round hundreds.
  const step = random.uniform() < 0.5 ? 100 : 1;
  return Math.max(3_000, step * Math.round(income / step));
}

/** Time in the job: exponential, no longer than a working life. Told by few of the self-employed. */
function drawYears(age: number, employment: Employment, random: Random): number | undefined {
  const years = Math.min(age - 17, -6.5 * Math.log(1 - random.uniform()));
  const told = { employed: 0.985, "self-employed": 0.2, retired: 0, student: 0.35, unemployed: 0 }[
    employment
  ];
  return random.uniform() < told ? years : undefined;
}

/** One applicant: region, age and work first, then money, which depends on them. */
export function drawBorrower(random: Random): Borrower {
  const area = random.pick(regionWeights);
  // A working-age hump and a smaller one of pensioners.
  const age = random.uniform() < 0.84 ? drawAge(38, 13, [18, 66], random) : drawAge(68, 8, [50, 85], random);
  const employment = drawEmployment(age, random);
  const income = drawIncome(age, employment, regionPay[area]!, random);
  const jobless = employment === "unemployed" || employment === "student";
  const none = jobless ? 0.62 : age > 60 ? 0.18 : 0.34;
  const savings =
    random.uniform() < none
      ? 0
      : (income / 12) * (0.6 + Math.max(0, age - 20) / 12) * Math.exp(1.2 * random.normal());
  const late = (savings > 0 ? 0.11 : 0.26) + (employment === "unemployed" ? 0.12 : 0);
  const overdue = random.uniform() < late ? Math.max(5, 420 * Math.exp(1.25 * random.normal())) : 0;
  return {
    region: regions[area]!,
    age,
    employment,
    years: drawYears(age, employment, random),
    income,
    savings: Math.min(2_000_000, savings),
    overdue,
  };
}
