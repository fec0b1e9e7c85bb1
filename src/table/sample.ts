/**
 * A text table that grows row by row and never beyond a number of rows: past
 * it, a uniformly random choice of all rows so far stays (reservoir sampling,
 * Vitter 1985, algorithm R), in the file's order.
 */
import type { Random } from "../random/random.ts";
import type { TextColumn, TextTable } from "./table.ts";

export interface Sample {
  /** Cells beyond the table's width are ignored, absent ones are "". */
  add(cells: readonly string[]): void;
  /** Rows added so far, kept or not. */
  readonly seen: number;
  /** The rows kept; ends the sample. */
  finish(): TextTable;
}

/** @param limit most rows to keep, at least 1. */
export function sample(names: readonly string[], limit: number, random: Random): Sample {
  const columns = names.map(() => growingColumn(limit));
  const width = columns.length;
  let seen = 0;
  let order: Float64Array | undefined; // which row of the file sits in which slot, once rows are being replaced
  return {
    get seen() {
      return seen;
    },
    add(cells) {
      let slot = seen;
      if (seen >= limit) {
        order ??= Float64Array.from({ length: limit }, (_, i) => i);
        slot = random.integer(seen + 1);
        if (slot < limit) order[slot] = seen;
      }
      seen++;
      if (slot >= limit) return;
      for (let i = 0; i < width; i++) columns[i]!.set(slot, cells[i] ?? "");
    },
    finish() {
      const rows = Math.min(seen, limit);
      const slots =
        order && Int32Array.from({ length: rows }, (_, i) => i).sort((a, b) => order![a]! - order![b]!);
      return {
        rows,
        columns: columns.map((column, i) => ({ name: names[i]!, ...column.finish(rows, slots) })),
      };
    },
  };
}

interface GrowingColumn {
  set(slot: number, text: string): void;
  finish(rows: number, slots: Int32Array | undefined): Omit<TextColumn, "name">;
}

function growingColumn(limit: number): GrowingColumn {
  let codes = new Int32Array(Math.min(limit, 64));
  let used = 0;
  let levels: string[] = [];
  let codeOf = new Map<string, number>();

  /** Drops texts that no row has any more, so that a long file of unique texts stays bounded. */
  const compact = (slots?: Int32Array): void => {
    const kept: string[] = [];
    const moved = new Int32Array(levels.length).fill(-1);
    const recoded = new Int32Array(used);
    for (let i = 0; i < used; i++) {
      const slot = slots === undefined ? i : slots[i]!;
      const old = codes[slot]!;
      if (moved[old]! < 0) {
        moved[old] = kept.length;
        kept.push(levels[old]!);
      }
      recoded[i] = moved[old]!;
    }
    codes = recoded;
    levels = kept;
    codeOf = new Map(levels.map((level, code) => [level, code]));
  };

  return {
    set(slot, text) {
      let code = codeOf.get(text);
      if (code === undefined) {
        if (levels.length >= 2 * limit + 64) compact();
        code = levels.length;
        const own = owned(text);
        levels.push(own);
        codeOf.set(own, code);
      }
      if (slot >= codes.length) {
        const larger = new Int32Array(Math.min(Math.max(2 * codes.length, slot + 1), limit));
        larger.set(codes);
        codes = larger;
      }
      codes[slot] = code;
      if (slot >= used) used = slot + 1;
    },
    finish(rows, slots) {
      if (slots !== undefined) compact(slots);
      const finished = { codes: codes.slice(0, rows), levels };
      codeOf = new Map();
      return finished;
    },
  };
}

/** A copy of its own: engines keep a cell's whole surrounding text alive as long as the cell. */
function owned(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
