/**
 * A small WebAssembly assembler: just the instructions that our kernels use, so
 * that they need no toolchain and stand in the repository as what they are.
 *
 * Code is written as nested expressions, `i32.add(x.get, i32.const(4))`, which
 * come out as the stack machine's order of bytes. Binary format:
 * https://webassembly.github.io/spec/core/binary/, and for relaxed SIMD
 * https://github.com/WebAssembly/relaxed-simd.
 */

/** Bytes of code, nested as they were written; `module` flattens them. */
export type Code = readonly (number | Code)[];

export type ValueType = "i32" | "f32" | "v128";

/** A parameter or a variable of the function that is being written. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
  /** Sets, and leaves the value as the expression's own. */
  tee(value: Code): Code;
}

/** What a function's writer is handed beside its parameters. */
export type MakeLocal = (type: ValueType) => Local;

const types: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };
const emptyBlock = 0x40;

/** LEB128, the format's variable-length integer. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [a, b, opcode];
const unary =
  (...opcode: number[]) =>
  (a: Code): Code => [a, opcode];
/** SIMD instructions are a prefix and a LEB128 number. */
const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
/** An access at `address + offset`; alignment is a hint, and 4 bytes is what tensors promise. */
const access =
  (...opcode: number[]) =>
  (address: Code, offset = 0): Code => [address, opcode, 2, unsigned(offset)];
const store =
  (...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, opcode, 2, unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  load: access(0x28),
  store: store(0x36),
  /** The whole part of a float, 0 where it is negative or not a number. */
  from: unary(0xfc, 0x01),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  shl: binary(0x74),
  /** Unsigned shift to the right. */
  shr: binary(0x76),
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  /** Comparisons are unsigned: sizes and addresses are. */
  lt: binary(0x49),
  ge: binary(0x4f),
};

export const f32 = {
  /** Of a whole number. */
  from: unary(0xb2),
  const: (value: number): Code => [0x43, [...new Uint8Array(new Float32Array([value]).buffer)]],
  load: access(0x2a),
  store: store(0x38),
  add: binary(0x92),
  sub: binary(0x93),
  mul: binary(0x94),
  div: binary(0x95),
  sqrt: unary(0x91),
  max: binary(0x97),
  eq: binary(0x5b),
  ne: binary(0x5c),
  gt: binary(0x5e),
};

export const v128 = {
  load: access(...simd(0x00)),
  store: store(...simd(0x0b)),
  /** One float in all four lanes. */
  loadSplat: access(...simd(0x09)),
  /** One float in the first lane, zeros in the others; and the first lane alone. */
  loadFirst: access(...simd(0x5c)),
  storeFirst: (address: Code, value: Code): Code => [address, value, simd(0x5a), 2, 0, 0],
  and: binary(...simd(0x4e)),
  or: binary(...simd(0x50)),
  xor: binary(...simd(0x51)),
  /** Bits of `a` that are not set in `b`. */
  andNot: binary(...simd(0x4f)),
  /** Lanes of `a` where the mask is set, else of `b`. */
  select: (a: Code, b: Code, mask: Code): Code => [a, b, mask, simd(0x52)],
  /** Lanes 0..3 are the first operand's floats, 4..7 the second's. */
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code => [
    a,
    b,
    simd(0x0d),
    lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  ],
};

export const i32x4 = {
  splat: unary(...simd(0x11)),
  add: binary(...simd(0xae)),
  sub: binary(...simd(0xb1)),
  mul: binary(...simd(0xb5)),
  shl: (a: Code, bits: number): Code => [a, i32.const(bits), simd(0xab)],
  /** Signed shift to the right. */
  shr: (a: Code, bits: number): Code => [a, i32.const(bits), simd(0xac)],
  /** Unsigned shift to the right. */
  shrUnsigned: (a: Code, bits: number): Code => [a, i32.const(bits), simd(0xad)],
  /** Whole numbers of floats, the nearest there is for those too large and 0 for NaN. */
  from: unary(...simd(0xf8)),
};

export const f32x4 = {
  zero: [simd(0x0c), new Array<number>(16).fill(0)] as Code,
  splat: unary(...simd(0x13)),
  lane: (a: Code, lane: number): Code => [a, simd(0x1f), lane],
  add: binary(...simd(0xe4)),
  sub: binary(...simd(0xe5)),
  mul: binary(...simd(0xe6)),
  div: binary(...simd(0xe7)),
  sqrt: unary(...simd(0xe3)),
  abs: unary(...simd(0xe0)),
  /** The smaller and the larger of two; `a` where either is not a number. */
  least: binary(...simd(0xea)),
  most: binary(...simd(0xeb)),
  nearest: unary(...simd(0x6a)),
  /** Floats of whole numbers. */
  from: unary(...simd(0xfa)),
  eq: binary(...simd(0x41)),
  lt: binary(...simd(0x43)),
  gt: binary(...simd(0x44)),
  /** a · b + c, rounded once or twice as the machine likes. */
  relaxedMadd: (a: Code, b: Code, c: Code): Code => [a, b, c, simd(0x105)],
};

/** Copies bytes; the two stretches may overlap. */
export const copyMemory = (to: Code, from: Code, bytes: Code): Code => [to, from, bytes, 0xfc, 0x0a, 0, 0];

export const when = (condition: Code, then: Code, otherwise: Code = []): Code => [
  condition,
  0x04,
  emptyBlock,
  then,
  otherwise.length > 0 ? [0x05, otherwise] : [],
  0x0b,
];

/** Repeats the body for as long as the condition, tested before each turn, holds. */
export const loop = (condition: Code, body: Code): Code => [
  [0x02, emptyBlock, 0x03, emptyBlock],
  [condition, 0x45, 0x0d, 1],
  [body, 0x0c, 0],
  [0x0b, 0x0b],
];

/** x += by */
export const increase = (x: Local, by: Code): Code => x.set(i32.add(x.get, by));

/** A function of the module, to be called by another. */
export type Callable = (...inputs: Code[]) => Code;

export interface Assembler {
  /** Adds a function without results; exported under its name. */
  define(
    name: string,
    parameters: readonly ValueType[],
    write: (parameters: readonly Local[], local: MakeLocal) => Code,
  ): Callable;
  /** The whole module. It imports its memory as `env.memory`. */
  module(): Uint8Array<ArrayBuffer>;
}

interface Definition {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly code: Code;
}

export function assembler(): Assembler {
  const definitions: Definition[] = [];
  return {
    define(name, parameters, write) {
      const locals: ValueType[] = [];
      const local = (index: number): Local => ({
        get: [0x20, unsigned(index)],
        set: (value) => [value, 0x21, unsigned(index)],
        tee: (value) => [value, 0x22, unsigned(index)],
      });
      const index = definitions.length;
      const code = write(
        parameters.map((_, i) => local(i)),
        (type) => local(parameters.length + locals.push(type) - 1),
      );
      definitions.push({ name, parameters, locals, code });
      return (...inputs) => [inputs, 0x10, unsigned(index)];
    },

    module() {
      const text = (value: string): Code => list(Array.from(value, (letter) => [letter.charCodeAt(0)]));
      const signatures = definitions.map(({ parameters }) => [
        0x60,
        list(parameters.map((type) => [types[type]])),
        unsigned(0),
      ]);
      const memory: Code = [text("env"), text("memory"), 0x02, 0x00, unsigned(0)];
      const bodies = definitions.map(({ locals, code }) =>
        sized([list(locals.map((type) => [unsigned(1), types[type]])), code, 0x0b]),
      );
      return Uint8Array.from(
        flatten([
          [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
          section(1, list(signatures)),
          section(2, list([memory])),
          section(3, list(definitions.map((_, i) => unsigned(i)))),
          section(7, list(definitions.map(({ name }, i) => [text(name), 0x00, unsigned(i)]))),
          section(10, list(bodies)),
        ]),
      );
    },
  };
}

const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
const section = (id: number, content: Code): Code => [id, sized(content)];

function sized(content: Code): Code {
  const bytes = flatten(content);
  return [unsigned(bytes.length), bytes];
}

function flatten(code: Code): number[] {
  const bytes: number[] = [];
  const walk = (part: Code): void => {
    for (const each of part)
      if (typeof each === "number") bytes.push(each);
      else walk(each);
  };
  walk(code);
  return bytes;
}
