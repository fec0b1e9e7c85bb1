/** What a report looks at: three tables of the same columns, and what it needs to know about them. */
import type { Matrix } from "../encode/span.ts";
import { t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { isValue, type Measured, type Uncomputable } from "./measured.ts";

export interface Compared {
  /** Real rows that the model learned from. */
  readonly train: Table;
  /** Real rows that nothing was fitted to. */
  readonly holdout: Table;
  readonly synthetic: Table;
}

export interface Question {
  /** Name of the column to predict, of categories or numbers; without it utility has no figure. */
  readonly target?: string;
  /** Names of columns that an attacker knows, and of those that they are after. */
  readonly key?: readonly string[];
  readonly sensitive?: readonly string[];
  /** Rows as numbers whose Euclidean distance means something; fitted on training rows. */
  readonly encode: (table: Table, rows: Int32Array) => Matrix;
  /** Positions [x0, y0, …] of rows in the plane, by PCA or UMAP fitted on training rows; without it there is no overlap. */
  readonly project?: (table: Table) => Float32Array;
  readonly random: Random;
}

/** One figure of a measure that has several, or why it has none. */
export function figureOf<K extends string>(of: Readonly<Record<K, number>> | Uncomputable, key: K): Measured {
  if ("why" in of) return of;
  const value = (of as Readonly<Record<K, number>>)[key];
  return Number.isNaN(value) ? { why: t`There is nothing to divide by.` } : { value };
}

/** 1 minus an error. */
export const similarityOf = (error: Measured): Measured =>
  isValue(error) ? { value: 1 - error.value } : error;

export const allRows = ({ rows }: Table): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);
