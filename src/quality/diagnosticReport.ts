/**
 * SDMetrics' DiagnosticReport: whether synthetic rows could stand in the real
 * table at all, mean of Data Validity and Data Structure. Anything below 1 is
 * something to look at; 1 says nothing of how good the rows are.
 */
import type { Table } from "../table/table.ts";
import { meanOf, type Measured } from "./measured.ts";
import { tableStructure } from "./structure.ts";
import { validity, type Validity } from "./validity.ts";

export interface DiagnosticReport {
  /** 0 to 1. */
  readonly score: Measured;
  readonly validity: Validity;
  readonly structure: number;
}

/** @throws TypeError where a column's kinds differ. */
export function diagnosticReport(real: Table, synthetic: Table): DiagnosticReport {
  const valid = validity(real, synthetic);
  const structure = tableStructure(real, synthetic);
  return { score: meanOf([valid.share, { value: structure }], "properties"), validity: valid, structure };
}
