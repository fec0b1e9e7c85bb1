/**
 * A computation, written down node by node. Values are known by their names;
 * a matrix of any number of rows is the rule, and what is random comes in from
 * outside, so that the same numbers give the same rows everywhere.
 */
import type { Distribution } from "../engine/draw.ts";
import { writeModel, type Attribute, type Constant, type Node, type Port } from "./proto.ts";

/** A tensor in the graph, by its name. */
export type Value = string;

/** What whoever runs the graph must hand in, by name. */
export type GraphInput =
  | {
      readonly name: Distribution;
      /** The tensor has the shape [rows, `width`], float32. */
      readonly width: number;
    }
  | {
      readonly name: "condition";
      /** One of these by its index for each row, [rows], int64. */
      readonly choices: readonly Choice[];
    };

/** What a conditional generator can be told of a row. */
export interface Choice {
  /** How often it was told so, or is where nothing is asked for; all sum to 1. */
  readonly probability: number;
  /** The encoded column that it is about. */
  readonly column: number;
  /** Position in the encoded row of the category; or which of the modes that a number was split into, from 0. */
  readonly is: { readonly position: number } | { readonly mode: number };
}

export interface Graph {
  /** Row-major floats. Small ones that are the same are kept once. */
  constant(values: ArrayLike<number>, shape: readonly number[]): Value;
  /** A float, for whatever shape. */
  scalar(value: number): Value;
  /** int64 [length]. */
  integers(values: readonly number[]): Value;
  /** A node's only result. Types and attributes: https://onnx.ai/onnx/operators/ */
  node(type: string, inputs: readonly Value[], attributes?: Readonly<Record<string, Attribute>>): Value;
  /** The second result of a node with two. */
  second(type: string, inputs: readonly Value[], attributes?: Readonly<Record<string, Attribute>>): Value;
  /** The next `width` columns of the input with that noise: [rows, width]. */
  noise(distribution: Distribution, width: number): Value;
  /** The same for each round of a loop: what comes back gives that of a round, [rows, width]. */
  noiseOf(distribution: Distribution, width: number, rounds: number): (round: Value) => Value;
  /**
   * Rounds one after another. Constants and what was worked out before may be used within, and noise by `noiseOf`.
   * @param first what the first round starts from. @param body from a round's number and what goes on from the last
   * one, as many values.
   */
  loop(
    rounds: number,
    first: readonly Value[],
    body: (round: Value, last: readonly Value[]) => readonly Value[],
  ): readonly Value[];
  /** [rows] of indexes into the choices. */
  condition(choices: readonly Choice[]): Value;
  /** The file, and what to hand in. @param rows the result, [rows, width]. */
  finish(rows: Value, width: number): { readonly file: Uint8Array; readonly inputs: readonly GraphInput[] };
}

/** Constants of so few numbers are looked up before they are written again. */
const few = 64;

export function openGraph(name: string): Graph {
  /** Of the graph, or of the loop that is being written. */
  let nodes: Node[] = [];
  const taken = new Set<Value>();
  const constants: Constant[] = [];
  const known = new Map<string, Value>();
  const drawn = new Map<Distribution, number>();
  let choices: readonly Choice[] | undefined;
  let count = 0;
  const fresh = (what: string): Value => `${what}_${count++}`;

  function keep(values: Constant["values"], shape: readonly number[]): Value {
    const key =
      values.length > few ? undefined : `${values.constructor.name} ${shape.join("x")} ${values.join()}`;
    const same = key === undefined ? undefined : known.get(key);
    if (same !== undefined) return same;
    const own = fresh("constant");
    constants.push({ name: own, shape, values });
    if (key !== undefined) known.set(key, own);
    return own;
  }

  function put(
    type: string,
    inputs: readonly Value[],
    outputs: readonly Value[],
    attributes: Node["attributes"],
  ): void {
    for (const input of inputs) taken.add(input);
    nodes.push({ type, inputs, outputs, attributes });
  }

  const self: Graph = {
    constant: (values, shape) => keep(Float32Array.from(values), shape),
    scalar: (value) => keep(Float32Array.of(value), []),
    integers: (values) => keep(BigInt64Array.from(values, BigInt), [values.length]),
    node(type, inputs, attributes = {}) {
      const output = fresh(type);
      put(type, inputs, [output], attributes);
      return output;
    },
    second(type, inputs, attributes = {}) {
      const outputs = [fresh(type), fresh(type)] as const;
      put(type, inputs, outputs, attributes);
      return outputs[1];
    },
    noise(distribution, width) {
      const from = drawn.get(distribution) ?? 0;
      drawn.set(distribution, from + width);
      const [starts, ends] = [self.integers([from]), self.integers([from + width])];
      return self.node("Slice", [distribution, starts, ends, self.integers([1])]);
    },
    noiseOf(distribution, width, rounds) {
      const all = self.noise(distribution, width * rounds);
      const cube = self.node("Reshape", [all, self.integers([-1, rounds, width])]);
      return (round) => self.node("Gather", [cube, round], { axis: 1 });
    },
    loop(rounds, first, body) {
      const around = nodes;
      nodes = [];
      const [round, goOn] = [fresh("round"), fresh("goOn")];
      const last = first.map(() => fresh("last"));
      const results = body(round, last).map((value) => self.node("Identity", [value]));
      const still = self.node("Identity", [goOn]);
      const carried = (names: readonly Value[]): readonly Port[] => names.map((each) => ({ name: each, type: "float32" })); // prettier-ignore
      const description = {
        name: fresh("body"),
        nodes,
        constants: [],
        inputs: [
          { name: round, type: "int64", shape: [] },
          { name: goOn, type: "bool", shape: [] },
          ...carried(last),
        ],
        outputs: [{ name: still, type: "bool", shape: [] }, ...carried(results)],
      } as const;
      nodes = around;
      const outputs = first.map(() => fresh("looped"));
      const count = keep(BigInt64Array.of(BigInt(rounds)), []);
      const always = self.node("Cast", [self.scalar(1)], { to: 9 });
      put("Loop", [count, always, ...first], outputs, { body: { graph: description } });
      return outputs;
    },
    condition(among) {
      choices = among;
      return "condition";
    },
    finish(rows, width) {
      put("Identity", [rows], ["rows"], {});
      const inputs: GraphInput[] = [...drawn].map(([noise, own]) => ({ name: noise, width: own }));
      const ports: Port[] = [...drawn].map(([noise, own]) => ({
        name: noise,
        type: "float32",
        shape: ["rows", own],
      }));
      if (choices !== undefined) {
        inputs.push({ name: "condition", choices });
        ports.push({ name: "condition", type: "int64", shape: ["rows"] });
      }
      const outputs: Port[] = [{ name: "rows", type: "float32", shape: ["rows", width] }];
      // A mask that no node took in the end: engines warn of those.
      const used = constants.filter((constant) => taken.has(constant.name));
      return { file: writeModel({ name, nodes, constants: used, inputs: ports, outputs }), inputs };
    },
  };
  return self;
}

/** The everyday operators by name. A number stands for a tensor of it. */
export interface Arithmetic {
  add(a: Value | number, b: Value | number): Value;
  sub(a: Value | number, b: Value | number): Value;
  mul(a: Value | number, b: Value | number): Value;
  div(a: Value | number, b: Value | number): Value;
  /** 1 where a < b, else 0. */
  less(a: Value | number, b: Value | number): Value;
  matMul(a: Value, b: Value): Value;
  /** Side by side. */
  concat(...parts: readonly Value[]): Value;
  /** These columns of a matrix, in this order; a column may come again. */
  columns(of: Value, at: readonly number[]): Value;
}

export function arithmetic(graph: Graph): Arithmetic {
  const value = (of: Value | number): Value => (typeof of === "number" ? graph.scalar(of) : of);
  const both =
    (type: string) =>
    (a: Value | number, b: Value | number): Value =>
      graph.node(type, [value(a), value(b)]);
  const toFloat = 1;
  return {
    add: both("Add"),
    sub: both("Sub"),
    mul: both("Mul"),
    div: both("Div"),
    less: (a, b) => graph.node("Cast", [both("Less")(a, b)], { to: toFloat }),
    matMul: (a, b) => graph.node("MatMul", [a, b]),
    concat: (...parts) => (parts.length === 1 ? parts[0]! : graph.node("Concat", parts, { axis: 1 })),
    columns: (of, at) => graph.node("Gather", [of, graph.integers(at)], { axis: 1 }),
  };
}
