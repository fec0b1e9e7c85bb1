/**
 * A graph as the bytes of an ONNX file, which is a Protobuf message. Field numbers are those of onnx.proto, version
 * 1.12: https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto
 */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** An attribute of a node: one or more whole numbers of at least 0, a float where it is said to be one, or a loop's body. */
export type Attribute =
  number | readonly number[] | { readonly float: number } | { readonly graph: Description };

export interface Node {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. Integers become int64. */
  readonly values: Float32Array | BigInt64Array;
}

/** A tensor that goes in or comes out; a dimension in words may have any size, and without a shape anything goes. */
export interface Port {
  readonly name: string;
  readonly type: "float32" | "int64" | "bool";
  readonly shape?: readonly (number | string)[];
}

export interface Description {
  readonly name: string;
  /** In an order in which each comes after those whose results it takes. */
  readonly nodes: readonly Node[];
  readonly constants: readonly Constant[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** Operators are those of this version, which goes with the file format beside it. */
const operators = 17;
const format = 8;

const dataType = { float32: 1, int64: 7, bool: 9 } as const;
const attributeType = { float: 1, int: 2, graph: 5, ints: 7 } as const;

export function writeModel(description: Description): Uint8Array {
  const writer = new BinaryWriter();
  whole(writer, 1, format);
  text(writer, 2, "likeness");
  message(writer, 7, () => writeGraph(writer, description));
  message(writer, 8, () => whole(writer, 2, operators));
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, { name, nodes, constants, inputs, outputs }: Description): void {
  for (const node of nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, name);
  for (const constant of constants) message(writer, 5, () => writeConstant(writer, constant));
  for (const port of inputs) message(writer, 11, () => writePort(writer, port));
  for (const port of outputs) message(writer, 12, () => writePort(writer, port));
}

function writeNode(writer: BinaryWriter, { type, inputs, outputs, attributes }: Node): void {
  for (const input of inputs) text(writer, 1, input);
  for (const output of outputs) text(writer, 2, output);
  text(writer, 4, type);
  for (const [name, value] of Object.entries(attributes))
    message(writer, 5, () => {
      text(writer, 1, name);
      const kind = kindOf(value);
      if (typeof value === "number") whole(writer, 3, value);
      else if ("float" in value) writer.tag(2, WireType.Bit32).float(value.float);
      else if ("graph" in value) message(writer, 6, () => writeGraph(writer, value.graph));
      else for (const each of value) whole(writer, 8, each);
      whole(writer, 20, attributeType[kind]);
    });
}

const kindOf = (value: Attribute): keyof typeof attributeType =>
  typeof value === "number" ? "int" : "float" in value ? "float" : "graph" in value ? "graph" : "ints";

function writeConstant(writer: BinaryWriter, { name, shape, values }: Constant): void {
  for (const size of shape) whole(writer, 1, size);
  whole(writer, 2, dataType[values instanceof Float32Array ? "float32" : "int64"]);
  text(writer, 8, name);
  writer.tag(9, WireType.LengthDelimited).bytes(littleEndian(values));
}

function writePort(writer: BinaryWriter, { name, type, shape }: Port): void {
  text(writer, 1, name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      whole(writer, 1, dataType[type]);
      if (shape === undefined) return;
      message(writer, 2, () => {
        for (const size of shape)
          message(writer, 1, () =>
            typeof size === "number" ? whole(writer, 1, size) : text(writer, 2, size),
          );
      });
    }),
  );
}

const text = (writer: BinaryWriter, field: number, value: string): BinaryWriter =>
  writer.tag(field, WireType.LengthDelimited).string(value);

const whole = (writer: BinaryWriter, field: number, value: number): BinaryWriter =>
  writer.tag(field, WireType.Varint).int64(value);

function message(writer: BinaryWriter, field: number, content: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  content();
  writer.join();
}

/** As ONNX has them; so has every machine that runs a browser, but nothing says it must. */
function littleEndian(values: Float32Array | BigInt64Array): Uint8Array {
  const { length, BYTES_PER_ELEMENT: size } = values;
  const bytes = new Uint8Array(length * size);
  const view = new DataView(bytes.buffer);
  if (values instanceof Float32Array) values.forEach((value, i) => view.setFloat32(i * size, value, true));
  else values.forEach((value, i) => view.setBigInt64(i * size, value, true));
  return bytes;
}
