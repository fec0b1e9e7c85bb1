/**
 * How much columns tell about each other, and which of them to draw at once. Drawn at once, each by its own probabilities,
 * two columns that hang together come apart; two that say nothing of each other lose nothing.
 */
import type { Matrix } from "../encode/span.ts";

/** More rows say no more of which columns go together. */
const mostRows = 4_000;

/**
 * Mutual information of each two columns of codes, in nats, less what so few rows show by chance alone (G. Miller, 1955):
 * row by row of the triangle below the diagonal, (1,0), (2,0), (2,1), …
 * @param sizes how many codes each column has.
 */
export function dependences({ values, rows, width }: Matrix, sizes: readonly number[]): readonly number[] {
  const count = Math.min(rows, mostRows);
  const columns = sizes.map((_, c) =>
    Int32Array.from({ length: count }, (__, i) => values[Math.floor((i * rows) / count) * width + c]!),
  );
  const totals = columns.map((codes, c) => {
    const total = new Float64Array(sizes[c]!);
    for (const code of codes) total[code]! += 1;
    return total;
  });
  const out: number[] = [];
  for (let a = 1; a < columns.length; a++)
    for (let b = 0; b < a; b++) {
      const [first, second, size] = [columns[a]!, columns[b]!, sizes[b]!];
      const joint = new Float64Array(sizes[a]! * size);
      for (let i = 0; i < count; i++) joint[first[i]! * size + second[i]!]! += 1;
      let nats = 0;
      joint.forEach((n, at) => {
        if (n === 0) return;
        const apart = totals[a]![Math.floor(at / size)]! * totals[b]![at % size]!;
        nats += (n / count) * Math.log((n * count) / apart);
      });
      const seen = (of: Float64Array): number => of.filter((n) => n > 0).length - 1;
      const chance = (seen(totals[a]!) * seen(totals[b]!)) / (2 * count);
      out.push(Number(Math.max(0, nats - chance).toFixed(4)));
    }
  return out;
}

/**
 * Columns in so many groups, as even as can be, whose members tell little about each other: those that tell most of all
 * choose first.
 * @param between as `dependences` has them.
 */
export function apart(
  columns: readonly number[],
  groups: number,
  between: readonly number[],
): readonly (readonly number[])[] {
  const of = (a: number, b: number): number =>
    between[(Math.max(a, b) * (Math.max(a, b) - 1)) / 2 + Math.min(a, b)]!;
  const sum = (column: number, others: readonly number[]): number =>
    others.reduce((total, other) => (other === column ? total : total + of(column, other)), 0);
  const order = columns
    .map((column) => ({ column, told: sum(column, columns) }))
    .toSorted((a, b) => b.told - a.told || a.column - b.column);
  const made = Array.from({ length: Math.min(groups, columns.length) }, (): number[] => []);
  const room = (g: number): number => Math.floor(((g + 1) * columns.length) / made.length) - Math.floor((g * columns.length) / made.length); // prettier-ignore
  for (const { column } of order) {
    const open = made.map((group, g) => ({ group, g })).filter(({ group, g }) => group.length < room(g));
    const best = open.toSorted((a, b) => sum(column, a.group) - sum(column, b.group) || a.group.length - b.group.length || a.g - b.g)[0]!; // prettier-ignore
    best.group.push(column);
  }
  return made;
}
