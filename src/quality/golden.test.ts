/** Every measure that SDMetrics defines, against what SDMetrics computed: to 1e-9, or within its own spread where it draws. */
import { afterAll, describe, expect, it } from "vitest";
import { fitLogistic } from "../downstream/logistic.ts";
import { finish } from "../downstream/work.ts";
import { random } from "../random/random.ts";
import type { Column, Table } from "../table/table.ts";
import { c2st } from "./c2st.ts";
import { nearestDistances } from "./distance.ts";
import type { Measured } from "./measured.ts";
import { missingSimilarity } from "./missing.ts";
import { dcrShare } from "./privacy.ts";
import { shape } from "./shape.ts";
import { goldenFolders, goldenTable, type GoldenCase } from "./testing/golden.ts";
import { correlation, trend } from "./trend.ts";

const named = (table: Table, name: string): Column => table.columns.find((column) => column.name === name)!;
/** These columns alone. */
const only = (table: Table, names: readonly string[]): Table => ({
  rows: table.rows,
  columns: names.map((name) => named(table, name)),
});
const withoutKeys = (table: Table): Table => ({
  ...table,
  columns: table.columns.filter(({ type }) => type !== "identifier"),
});
const similarity = (error: Measured): number | string => ("value" in error ? 1 - error.value : error.why);

interface Tables {
  readonly real: Table;
  readonly synthetic: Table;
  readonly holdout: Table | undefined;
}

/** What we say, as a number or, where there is none, in words; undefined for a case that is not one of ours. */
const measures: Readonly<
  Record<string, (tables: Tables, golden: GoldenCase) => number | string | Float64Array | undefined>
> = {
  KSComplement: ({ real, synthetic }, { params }) =>
    similarity(shape(only(real, [params.column!]), only(synthetic, [params.column!])).error),
  TVComplement: ({ real, synthetic }, { params }) =>
    similarity(shape(only(real, [params.column!]), only(synthetic, [params.column!])).columns[0]!.error),
  MissingValueSimilarity: ({ real, synthetic }, { params }) =>
    missingSimilarity(only(real, [params.column!]), only(synthetic, [params.column!])).rates[0],
  CorrelationSimilarity: ({ real, synthetic }, { params, value }) => {
    if (params["coefficient"] !== "Pearson") return undefined;
    const [a, b] = params.columns!.map((name) => named(real, name));
    const theirs = (value as { real: number } | null)?.real;
    if (theirs !== undefined && "values" in a! && "values" in b!)
      expect(correlation(a.values, b.values)).toBeCloseTo(theirs, 9);
    return similarity(finish(trend(only(real, params.columns!), only(synthetic, params.columns!))).error);
  },
  ContingencySimilarity: ({ real, synthetic }, { params, status }) => {
    // The reference can't bin dates, and the gate on weak association is not part of ours.
    if ("real_association_threshold" in params || status === "error") return undefined;
    return similarity(finish(trend(only(real, params.columns!), only(synthetic, params.columns!))).error);
  },
  calculate_dcr: ({ real, synthetic }) => finish(nearestDistances(withoutKeys(synthetic), withoutKeys(real))),
  LogisticDetection: ({ real, synthetic }, { status }) => {
    // The reference fails on categories that only one table has; ours has a place for them.
    if (status === "error") return undefined;
    const scores = Array.from({ length: 20 }, (_, seed) => {
      const test = finish(c2st(withoutKeys(real), withoutKeys(synthetic), fitLogistic, random(seed)));
      return "score" in test ? test.score : NaN;
    });
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  },
  DCROverfittingProtection: ({ real, synthetic, holdout }) => {
    const result = finish(dcrShare(synthetic, real, holdout!, "each"));
    return "nearer" in result ? Math.min(2 * (1 - result.nearer), 1) : result.why;
  },
};

/** Their figure in the terms of ours. */
function expectedOf({ metric, value }: GoldenCase): unknown {
  if (metric === "CorrelationSimilarity" || metric === "DCROverfittingProtection")
    return (value as { score: number }).score;
  return value;
}

const compared = new Map<string, number>();
afterAll(() => {
  const all = [...compared].map(([metric, cases]) => `${metric} ${cases}`).join(", ");
  console.log(`Compared with SDMetrics: ${all}.`);
});

describe.each(goldenFolders)("SDMetrics' own values in $folder.pathname", ({ folder, cases }) => {
  it.each(Object.keys(measures))("%s", async (metric) => {
    for (const golden of cases.filter((each) => each.metric === metric)) {
      const { real_csv, synthetic_csv, validation_csv } = golden;
      const tables = {
        real: await goldenTable(folder, real_csv, real_csv),
        synthetic: await goldenTable(folder, real_csv, synthetic_csv),
        holdout:
          validation_csv === undefined ? undefined : await goldenTable(folder, real_csv, validation_csv),
      };
      const ours = measures[metric]!(tables, golden);
      if (ours === undefined) continue;
      compared.set(metric, (compared.get(metric) ?? 0) + 1);
      const what = `${golden.case} ${JSON.stringify(golden.params)}`;
      if (golden.status !== "ok") {
        expect(ours, what).toBeTypeOf("string");
        continue;
      }
      const theirs = expectedOf(golden);
      if (metric === "LogisticDetection") {
        const { min, max } = theirs as { min: number; max: number };
        expect(ours, what).toBeGreaterThan(min - 0.02);
        expect(ours, what).toBeLessThan(max + 0.02);
      } else if (typeof theirs === "number") {
        expect(ours, what).toBeTypeOf("number");
        expect(Math.abs((ours as number) - theirs), what).toBeLessThan(1e-9);
      } else {
        const worst = (theirs as number[]).reduce(
          (most, distance, row) => Math.max(most, Math.abs(distance - (ours as Float64Array)[row]!)),
          0,
        );
        expect(worst, what).toBeLessThan(1e-9);
      }
    }
  });
});
