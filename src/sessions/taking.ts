/** Rows on their way out: what is asked of the model, piece by piece, until a file is full. */
import type { Given, Matrix } from "../encode/span.ts";
import type { Heeding } from "../models/model.ts";
import type { AnalysisCommand } from "../protocol/analysis.ts";

/** Most rows in one download; a file of this many opens nowhere comfortably, but it is made. */
export const mostRows = 1_000_000;

/** What to ask of the model next. */
export interface Order {
  readonly rows: number;
  readonly seed: number;
  readonly given?: Given;
}

export interface Taking {
  /** Rows made so far of those wanted. */
  readonly made: number;
  readonly of: number;
  /** Undefined where nothing more is to be asked for: all rows are there, or it is no use. */
  order(): Order | undefined;
  /**
   * Decodes one piece and keeps what is wanted of it.
   * @param heeds what the model keeps to of what is given. @throws Error in words where it must.
   */
  add(piece: Matrix, heeds: Heeding | undefined): void;
  /** @throws Error in words where there is no row to take away. */
  finish(): { readonly name: string; readonly note: string };
}

/** What is asked for. */
export type Wanted = Omit<
  Extract<AnalysisCommand, { type: "download" }>,
  "type" | "request" | "escapeFormulas"
>;
