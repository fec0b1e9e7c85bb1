/** Which cells are missing, and which of them together. */
import type { MissingCard } from "../protocol/report.ts";
import type { Column, Table } from "../table/table.ts";

const MOST_PATTERNS = 12;

const isMissing = (column: Column, row: number): boolean =>
  "values" in column ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0;

/** Share of a column's cells. */
export function missingShare(column: Column): number {
  const all = "values" in column ? column.values : column.codes;
  let gaps = 0;
  for (let row = 0; row < all.length; row++) if (isMissing(column, row)) gaps++;
  return all.length === 0 ? 0 : gaps / all.length;
}

export function missingCard(train: Table, synthetic: Table): MissingCard {
  const at = train.columns.flatMap((column, i) =>
    missingShare(column) + missingShare(synthetic.columns[i]!) > 0 ? [i] : [],
  );
  const tally = (table: Table): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (let row = 0; row < table.rows; row++) {
      const pattern = at.map((i) => (isMissing(table.columns[i]!, row) ? "1" : "0")).join("");
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
    }
    return counts;
  };
  const [before, made] = [tally(train), tally(synthetic)];
  const share = (of: ReadonlyMap<string, number>, pattern: string, rows: number): number =>
    rows === 0 ? 0 : (of.get(pattern) ?? 0) / rows;
  const patterns = [...new Set([...before.keys(), ...made.keys()])]
    .map((pattern) => ({
      gaps: at.map((_, i) => pattern[i] === "1"),
      real: share(before, pattern, train.rows),
      synthetic: share(made, pattern, synthetic.rows),
    }))
    .toSorted((a, b) => Math.max(b.real, b.synthetic) - Math.max(a.real, a.synthetic))
    .slice(0, MOST_PATTERNS);
  return {
    columns: at.map((i) => ({
      name: train.columns[i]!.name,
      real: missingShare(train.columns[i]!),
      synthetic: missingShare(synthetic.columns[i]!),
    })),
    patterns: at.length === 0 ? [] : patterns,
  };
}
