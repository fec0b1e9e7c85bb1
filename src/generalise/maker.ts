/**
 * Whoever makes synthetic rows for an experiment here. It is handed in, since
 * models live elsewhere: one that is trained anew on just the rows it is given, or the
 * run's own, which has seen all training rows and is asked for more.
 *
 * The difference matters more than any setting. A model that saw all rows brings
 * what it knows of them to the few that an experiment pretends to have, and what
 * looks like a gain from synthesis is a leak. Only `learnsFrom: "given"` says
 * what synthetic rows are worth where real ones are scarce.
 */
import type { Table } from "../table/table.ts";
import type { LongWork } from "./longWork.ts";

/** Rows of one class: those that have `value`, in its own spelling, in the column of categories. */
export interface Only {
  readonly column: string;
  readonly value: string;
}

export interface Maker {
  /** For a person: "Diffusion, 600 steps". */
  readonly name: string;
  /** The rows handed to `open`, or all training rows, whatever is handed to it. */
  readonly learnsFrom: "given" | "all";
  /** Whether it can learn from a source first and carry over what it learned. */
  readonly carries: boolean;
  /**
   * Learns. Same rows and seed, same model, on one machine.
   * @param only what it will be asked for, where that is known beforehand: some learn from such rows alone.
   * @param source rows of another table with the same columns, to learn from first; of a maker that `carries`.
   */
  open(rows: Table, seed: number, only?: Only, source?: Table): LongWork<Made>;
}

export interface Made {
  /**
   * So many rows, with the columns of those it learned from; fewer, or none, where the model makes hardly any such row. Same
   * seed, same rows.
   */
  draw(count: number, seed: number, only?: Only): LongWork<Table>;
  dispose(): void;
}
