/** Every measure that SDMetrics defines, against what SDMetrics computed: to 1e-9, or within its own spread where it draws. */
import { afterAll, describe, expect, it } from "vitest";
import { fitLogistic } from "../downstream/logistic.ts";
import { finish } from "../downstream/work.ts";
import { random } from "../random/random.ts";
import type { Column, Table } from "../table/table.ts";
import { gatedContingency } from "./association.ts";
import { baselineProtection } from "./baseline.ts";
import { c2st } from "./c2st.ts";
import { csTest } from "./chiSquare.ts";
import { cellsOf } from "./contingency.ts";
import { correlation, rankCorrelation } from "./correlation.ts";
import { diagnosticReport } from "./diagnosticReport.ts";
import { disclosure, type CapMethod } from "./disclosure.ts";
import { nearestDistances } from "./distance.ts";
import { isValue, type Measured, type Uncomputable } from "./measured.ts";
import { numericalInference } from "./inference.ts";
import { missingSimilarity } from "./missing.ts";
import { newRows } from "./newRows.ts";
import { dcrShare } from "./privacy.ts";
import { qualityReport } from "./qualityReport.ts";
import { shape } from "./shape.ts";
import { statisticSimilarity, type Statistic } from "./statistics.ts";
import { tableStructure } from "./structure.ts";
import { goldenFolders, goldenTable, type GoldenCase } from "./testing/golden.ts";
import { trend } from "./trend.ts";
import { validity } from "./validity.ts";
import { valueCoverage } from "./valueCoverage.ts";

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
const said = (measured: Measured): number | string => (isValue(measured) ? measured.value : measured.why);
const similarity = (error: Measured): number | string => (isValue(error) ? 1 - error.value : error.why);
const part = <K extends string>(of: Readonly<Record<K, number>> | Uncomputable, key: K): number | string =>
  "why" in of ? of.why : (of as Readonly<Record<K, number>>)[key];
const meanOver = (seeds: number, figure: (seed: number) => number | string): number =>
  Array.from({ length: seeds }, (_, seed) => Number(figure(seed))).reduce((sum, value) => sum + value, 0) /
  seeds;

interface Tables {
  readonly real: Table;
  readonly synthetic: Table;
  readonly holdout: Table | undefined;
}

/** What we say: a number, words where there is none, or several of them by name. */
type Said = number | string | { readonly [name: string]: Said };

interface Comparison {
  /** `undefined` where the reference's own code fails on what ours has a figure for. */
  readonly ours: (tables: Tables, golden: GoldenCase) => Said | undefined;
  /** Their figures in the shape of ours; the case's value where absent. A number may be off by `slack`. */
  readonly theirs?: (value: never, golden: GoldenCase) => unknown;
  /** Random in the reference: ours lies within its recorded spread, widened by this. */
  readonly spread?: number;
  readonly slack?: number;
}

const column = (one: (real: Column, synthetic: Column, golden: GoldenCase) => Said): Comparison => ({
  ours: ({ real, synthetic }, golden) =>
    one(named(real, golden.params.column!), named(synthetic, golden.params.column!), golden),
});
const tableOf = (one: Column): Table => ({
  columns: [one],
  rows: "values" in one ? one.values.length : one.codes.length,
});
const score = (value: { score: unknown }): unknown => value.score;
const cap = (method: CapMethod): Comparison => ({
  ours: ({ real, synthetic }, { params }) =>
    part(
      disclosure(
        real,
        synthetic,
        params["key_fields"] as string[],
        params["sensitive_fields"] as string[],
        method,
      ),
      "protection",
    ),
});

const measures: Readonly<Record<string, Comparison>> = {
  KSComplement: column((real, synthetic) => similarity(shape(tableOf(real), tableOf(synthetic)).error)),
  TVComplement: column((real, synthetic) =>
    similarity(shape(tableOf(real), tableOf(synthetic)).columns[0]!.error),
  ),
  CSTest: column((real, synthetic) => said(csTest(real, synthetic))),
  BoundaryAdherence: column((real, synthetic) =>
    said(validity(tableOf(real), tableOf(synthetic)).columns[0]!.share),
  ),
  CategoryAdherence: column((real, synthetic) =>
    said(validity(tableOf(real), tableOf(synthetic)).columns[0]!.share),
  ),
  KeyUniqueness: column((real, synthetic) =>
    said(validity(tableOf(real), tableOf(synthetic)).columns[0]!.share),
  ),
  RangeCoverage: column((real, synthetic) =>
    said(valueCoverage(tableOf(real), tableOf(synthetic)).columns[0]!.share),
  ),
  CategoryCoverage: column((real, synthetic) =>
    said(valueCoverage(tableOf(real), tableOf(synthetic)).columns[0]!.share),
  ),
  MissingValueSimilarity: column(
    (real, synthetic) => missingSimilarity(tableOf(real), tableOf(synthetic)).rates[0]!,
  ),
  StatisticSimilarity: column((real, synthetic, { params }) => {
    if (!("values" in real && "values" in synthetic)) return "not numbers";
    return said(
      statisticSimilarity(real.name, real.values, synthetic.values, params["statistic"] as Statistic),
    );
  }),
  CorrelationSimilarity: {
    ours: ({ real, synthetic }, { params }) => {
      const [a, b] = params.columns!;
      const correlate = params["coefficient"] === "Pearson" ? correlation : rankCorrelation;
      const of = (table: Table): number => {
        const [x, y] = [named(table, a), named(table, b)];
        return "values" in x && "values" in y ? correlate(x.values, y.values) : NaN;
      };
      const pearson = finish(trend(only(real, [a, b]), only(synthetic, [a, b]))).error;
      if (!isValue(pearson)) return pearson.why;
      const ours = { real: of(real), synthetic: of(synthetic) };
      return {
        ...ours,
        score: correlate === correlation ? 1 - pearson.value : 1 - Math.abs(ours.real - ours.synthetic) / 2,
      };
    },
  },
  ContingencySimilarity: {
    ours: ({ real, synthetic }, { params, status }) => {
      // The reference can't bin dates.
      if (status === "error") return undefined;
      const pair = params.columns!;
      const threshold = params["real_association_threshold"] as number | undefined;
      if (threshold === undefined)
        return said(invert(finish(trend(only(real, pair), only(synthetic, pair))).error));
      const [a, b] = pair.map((name) => cellsOf(named(real, name), named(synthetic, name)));
      return said(gatedContingency(a!, b!, threshold));
    },
    theirs: (value: number | { score: unknown }) => (typeof value === "object" ? value.score : value),
  },
  LogisticDetection: {
    ours: ({ real, synthetic }, { status }) => {
      // The reference fails on categories that only one table has; ours has a place for them.
      if (status === "error") return undefined;
      return meanOver(20, (seed) =>
        part(finish(c2st(withoutKeys(real), withoutKeys(synthetic), fitLogistic, random(seed))), "score"),
      );
    },
    spread: 0.02,
  },
  NewRowSynthesis: {
    ours: ({ real, synthetic }, { params }) =>
      said(finish(newRows(real, synthetic, params["numerical_match_tolerance"] as number))),
    theirs: score,
  },
  NumericalLR: {
    ours: ({ real, synthetic }, { params }) =>
      said(
        numericalInference(
          real,
          synthetic,
          params["key_fields"] as string[],
          params["sensitive_fields"] as string[],
          params["rows_with_missing"] === "kept" ? "refuse" : "leave out",
        ),
      ),
    slack: 0.02,
  },
  CategoricalCAP: cap("cap"),
  CategoricalZeroCAP: cap("zero"),
  CategoricalGeneralizedCAP: cap("generalized"),
  DisclosureProtection: {
    ours: ({ real, synthetic }, { params }) => {
      const methods: Readonly<Record<string, CapMethod>> = {
        zero_cap: "zero",
        generalized_cap: "generalized",
      };
      const result = disclosure(
        real,
        synthetic,
        params["known_column_names"] as string[],
        params["sensitive_column_names"] as string[],
        methods[params["computation_method"] as string] ?? "cap",
      );
      if ("why" in result) return result.why;
      const { score: of, protection, baseline } = result;
      return { score: of, cap_protection: protection, baseline_protection: baseline };
    },
  },
  calculate_dcr: {
    ours: ({ real, synthetic }) =>
      Object.fromEntries(
        Array.from(finish(nearestDistances(withoutKeys(synthetic), withoutKeys(real))), (d, row) => [row, d]),
      ),
  },
  DCRBaselineProtection: {
    ours: ({ real, synthetic }, { status, value }) => {
      // The reference can't draw noise for dates and for columns that are missing throughout.
      if (status === "error") return undefined;
      const [from, to] = [withoutKeys(real), withoutKeys(synthetic)];
      const of = (seed: number) => finish(baselineProtection(from, to, random(seed)));
      const one = of(0);
      expect(part(one, "synthetic")).toBeCloseTo((value as { synthetic_median: number }).synthetic_median, 9);
      return meanOver(10, (seed) => part(of(seed), "score"));
    },
    spread: 0.02,
  },
  DCROverfittingProtection: {
    ours: ({ real, synthetic, holdout }) => {
      const result = finish(dcrShare(synthetic, real, holdout!, "each"));
      return "nearer" in result ? Math.min(2 * (1 - result.nearer), 1) : result.why;
    },
    theirs: score,
  },
  QualityReport: {
    ours: ({ real, synthetic }, { params }) => {
      const report = qualityReport(real, synthetic, {
        correlation: params["real_correlation_threshold"] as number,
        association: params["real_association_threshold"] as number,
      });
      return {
        score: said(report.score),
        shapes: said(report.shapes),
        trends: said(report.pairTrends),
        ...Object.fromEntries(
          report.pairs.map(({ columns, similarity: pair }) => [columns.join(), said(pair)]),
        ),
      };
    },
    theirs: ({ score: whole, properties, details }: TheirReport) => ({
      score: whole,
      shapes: properties["Column Shapes"],
      trends: properties["Column Pair Trends"],
      ...Object.fromEntries(
        details["Column Pair Trends"]!.map((pair) => [
          `${pair["Column 1"]!},${pair["Column 2"]!}`,
          pair["Score"],
        ]),
      ),
    }),
  },
  DiagnosticReport: {
    ours: ({ real, synthetic }) => {
      const { score: whole, validity: valid, structure } = diagnosticReport(real, synthetic);
      return {
        score: said(whole),
        validity: said(valid.share),
        structure,
        ...Object.fromEntries(valid.columns.map(({ column: name, share }) => [`of ${name}`, said(share)])),
      };
    },
    theirs: ({ score: whole, properties, details }: TheirReport) => ({
      score: whole,
      validity: properties["Data Validity"],
      structure: properties["Data Structure"],
      ...Object.fromEntries(
        details["Data Validity"]!.map((each) => [`of ${each["Column"]!}`, each["Score"]]),
      ),
    }),
  },
  TableStructure: { ours: ({ real, synthetic }) => tableStructure(real, synthetic) },
};

interface TheirReport {
  readonly score: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly details: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

const invert = (error: Measured): Measured => (isValue(error) ? { value: 1 - error.value } : error);

/** Ours against theirs, name by name. Where they have no number, ours are words. */
function compare(ours: Said, theirs: unknown, slack: number, what: string): void {
  if (typeof theirs === "object" && theirs !== null && typeof ours === "object")
    for (const [name, value] of Object.entries(theirs)) {
      expect(ours, what).toHaveProperty([name]);
      compare(ours[name]!, value, slack, `${what} ${name}`);
    }
  else if (typeof theirs === "number") {
    expect(ours, what).toBeTypeOf("number");
    expect(Math.abs((ours as number) - theirs), `${what}: ${ours as number} and ${theirs}`).toBeLessThan(
      slack,
    );
  } else expect(ours, what).toBeTypeOf("string");
}

const compared = new Map<string, number>();
const further = new Map<string, number>();
const count = (counts: Map<string, number>, metric: string): void =>
  void counts.set(metric, (counts.get(metric) ?? 0) + 1);
afterAll(() => {
  const list = (counts: Map<string, number>): string =>
    [...counts].map(([metric, cases]) => `${metric} ${cases}`).join(", ");
  const total = [...compared.values()].reduce((sum, cases) => sum + cases, 0);
  console.log(`Compared with SDMetrics: ${total} cases: ${list(compared)}.`);
  if (further.size > 0) console.log(`Where its own code fails and ours has a figure: ${list(further)}.`);
});

describe.each(goldenFolders)("SDMetrics' own values in $folder.pathname", ({ folder, cases }) => {
  it("are all of measures that we have", () => {
    expect([...new Set(cases.map(({ metric }) => metric))].filter((metric) => !(metric in measures))).toEqual(
      [],
    );
  });

  it.each(Object.keys(measures))("%s", async (metric) => {
    const { ours: measure, theirs: theirsOf, spread, slack = 1e-9 } = measures[metric]!;
    for (const golden of cases.filter((each) => each.metric === metric)) {
      const { real_csv, synthetic_csv, validation_csv } = golden;
      const tables = {
        real: await goldenTable(folder, real_csv, real_csv),
        synthetic: await goldenTable(folder, real_csv, synthetic_csv),
        holdout:
          validation_csv === undefined ? undefined : await goldenTable(folder, real_csv, validation_csv),
      };
      const ours = measure(tables, golden);
      if (ours === undefined) {
        count(further, metric);
        continue;
      }
      count(compared, metric);
      const what = `${golden.case} ${JSON.stringify(golden.params)}`;
      if (golden.status !== "ok") expect(ours, what).toBeTypeOf("string");
      else if (spread !== undefined) {
        const { min, max } = golden.value as { min: number; max: number };
        expect(ours, what).toBeGreaterThan(min - spread);
        expect(ours, what).toBeLessThan(max + spread);
      } else
        compare(
          ours,
          theirsOf === undefined ? golden.value : theirsOf(golden.value as never, golden),
          slack,
          what,
        );
    }
  });
});
