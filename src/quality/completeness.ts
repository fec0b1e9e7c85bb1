/** Whether anything is left out: the completeness axis's parts. */
import { part, type Work } from "../downstream/work.ts";
import type { Samples } from "./apart.ts";
import { partOf, type Part } from "./axes.ts";
import { shareDraws } from "./bootstrap.ts";
import { figureOf, type Compared, type Question } from "./compared.ts";
import { coverage, type Coverage } from "./coverage.ts";
import { diagnosticReport, type DiagnosticReport } from "./diagnosticReport.ts";
import { meanOf, type Uncomputable } from "./measured.ts";
import { missingSimilarity, type MissingSimilarity } from "./missing.ts";
import type { CheapName } from "./resampled.ts";
import { valueCoverage, type ValueCoverage } from "./valueCoverage.ts";

export interface Completeness {
  readonly parts: readonly Part[];
  readonly values: ValueCoverage;
  readonly missing: MissingSimilarity;
  readonly neighbourhoods: Coverage | Uncomputable;
  readonly diagnostic: DiagnosticReport;
}

/** @param cheap draws of the cheap figures. @param samples `samplesOf` the tables. @throws TypeError where the tables' columns differ. */
export function* completeness(
  { train, synthetic }: Compared,
  { random }: Question,
  cheap: Readonly<Record<CheapName, readonly number[]>>,
  { real, synthetic: made, apart }: Samples,
): Work<Completeness> {
  const values = valueCoverage(train, synthetic);
  const missing = missingSimilarity(train, synthetic);
  const diagnostic = diagnosticReport(train, synthetic);
  const neighbourhoods = yield* part(coverage(real, made, apart), 0, 1);
  const covered = figureOf(neighbourhoods, "coverage");
  return {
    parts: [
      partOf("categoryCoverage", values.category),
      partOf("rangeCoverage", values.range),
      partOf("missingShare", meanOf(missing.rates.map((value) => ({ value })), "columns"), cheap.missingShare), // prettier-ignore
      partOf("missingPattern", missing.pattern, cheap.missingPattern),
      partOf(
        "coverage",
        covered,
        "value" in covered ? shareDraws(covered.value, real.rows, random.fork("covered")) : undefined,
      ),
      partOf("validity", diagnostic.validity.share, cheap.validity),
    ],
    values,
    missing,
    neighbourhoods,
    diagnostic,
  };
}
