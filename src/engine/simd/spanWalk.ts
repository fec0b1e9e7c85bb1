/** What kernels over the one-hot blocks of rows have in common: how they walk them. */
import { f32, i32, increase, loop, when } from "./assembler.ts";
import type { Assembler, Code, Local, MakeLocal, ValueType } from "./assembler.ts";

/** The parameters that all of these end with: the table of segments and how many of it, rows, and bytes a row. */
interface Place {
  readonly table: Local;
  readonly segments: Local;
  readonly rows: Local;
  readonly stride: Local;
}

/** A walk over all segments of all rows: `offset` is a segment's place in bytes, `job` that of a number by block. */
export function walk(
  { table, segments, rows, stride }: Place,
  local: MakeLocal,
  body: (segment: { offset: Local; count: Local; kind: Code; job: Local }) => Code,
): Code {
  const [row, entry, left, offset, count, job] = Array.from({ length: 6 }, () => local("i32")) as Six;
  return loop(rows.get, [
    entry.set(table.get),
    left.set(segments.get),
    loop(left.get, [
      offset.set(i32.add(row.get, i32.shl(i32.load(entry.get), i32.const(2)))),
      count.set(i32.load(entry.get, 4)),
      body({ offset, count, kind: i32.load(entry.get, 8), job }),
      when(i32.eqz(i32.load(entry.get, 8)), increase(job, i32.const(4))),
      increase(entry, i32.const(16)),
      increase(left, i32.const(-1)),
    ]),
    increase(row, stride.get),
    increase(rows, i32.const(-1)),
  ]);
}
type Six = [Local, Local, Local, Local, Local, Local];

/** A function whose parameters are addresses, then `Place`, then flags, then floats. */
export function define(
  to: Assembler,
  name: string,
  addresses: number,
  flags: number,
  floats: number,
  write: (given: {
    at: readonly Local[];
    place: Place;
    flags: readonly Local[];
    floats: readonly Local[];
    local: MakeLocal;
  }) => Code,
): void {
  const types: ValueType[] = [
    ...new Array<ValueType>(addresses + 4 + flags).fill("i32"),
    ...new Array<ValueType>(floats).fill("f32"),
  ];
  to.define(name, types, (parameters, local) => {
    const [table, segments, rows, stride] = parameters.slice(addresses) as [Local, Local, Local, Local];
    return write({
      at: parameters.slice(0, addresses),
      place: { table, segments, rows, stride },
      flags: parameters.slice(addresses + 4, addresses + 4 + flags),
      floats: parameters.slice(addresses + 4 + flags),
      local,
    });
  });
}

export const fourOf = (local: MakeLocal): [Local, Local, Local, Local] => [
  local("i32"),
  local("i32"),
  local("i32"),
  local("i32"),
];

/** How many bytes into its block the code at an address points. */
export const placeOf = (code: Code): Code =>
  i32.shl(i32.from(f32.add(f32.load(code), f32.const(0.5))), i32.const(2));

/** The i32 `pointer` at `base` + `offset`. */
export const aim = (pointer: Local, base: Local, offset: Local): Code =>
  pointer.set(i32.add(base.get, offset.get));
