/** A mixed table with everything that makes tables hard, made from a seed: 15 columns, gaps that depend on other columns. */
import { random } from "../src/random/random.ts";

const jobs = ["nurse", "teacher", "farmer", "clerk", "driver", "baker", "judge"];
const regions = ["Nord", "Süd", "Ost, tief", 'West "hoch"'];

export const mixedHeader = [
  "age", "income", "savings", "children", "height_m", "score", "hours", "temperature",
  "job", "region", "grade", "smoker", "married", "joined", "visits",
] as const; // prettier-ignore

/** @returns CSV text with `rows` rows under `mixedHeader`; empty cells are missing. */
export function mixedCsv(rows: number, seed = 1): string {
  const source = random(seed);
  const lines = [mixedHeader.join(",")];
  for (let i = 0; i < rows; i++) {
    const age = Math.min(90, Math.max(18, Math.round(45 + 15 * source.normal())));
    const job = source.pick([30, 25, 12, 20, 8, 4, 1]);
    const income = Math.exp(9.5 + 0.01 * age + 0.15 * job + 0.4 * source.normal());
    const savings = source.uniform() < 0.35 ? 0 : Math.round(income * source.uniform() * 2);
    const married = source.uniform() < (age > 30 ? 0.65 : 0.2);
    const smoker = source.uniform() < 0.2;
    const region = source.pick([4, 3, 2, 1]);
    const joined = new Date(Date.UTC(2015, 0, 1 + source.integer(3650))).toISOString().slice(0, 10);
    const cells = [
      String(age),
      source.uniform() < (smoker ? 0.3 : 0.05) ? "" : income.toFixed(2),
      String(savings),
      String(married ? source.pick([2, 3, 4, 2, 1]) : source.pick([8, 1, 1])),
      (1.7 + 0.09 * source.normal()).toFixed(2),
      source.uniform() < 0.1 ? "" : (source.uniform() ** 2 * 100).toFixed(1),
      String(Math.round(38 + 6 * source.normal())),
      (36.6 + 0.5 * source.normal()).toFixed(1),
      jobs[job]!,
      `"${regions[region]!.replaceAll('"', '""')}"`,
      source.uniform() < 0.15 ? "" : "ABCDE"[Math.min(4, Math.floor(savings / 15_000))]!,
      smoker ? "yes" : "no",
      married ? "true" : "false",
      joined,
      String(Math.floor(-Math.log(1 - source.uniform()) * 4)),
    ];
    lines.push(cells.join(","));
  }
  return `${lines.join("\n")}\n`;
}
