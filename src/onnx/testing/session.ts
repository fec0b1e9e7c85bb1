/** Runs an exported graph as others do, in ONNX Runtime (https://onnxruntime.ai), compiled to WebAssembly. */
import { InferenceSession, Tensor } from "onnxruntime-web";
import type { GraphInput } from "../graph.ts";

/** By input, row-major: [rows, its width], or [rows] of indexes. */
export type Feeds = Readonly<Record<string, Float32Array>>;

export interface Session {
  /** The rows, row-major. */
  run(feeds: Feeds, rows: number): Promise<Float32Array>;
  release(): Promise<void>;
}

export async function openSession(file: Uint8Array, inputs: readonly GraphInput[]): Promise<Session> {
  const session = await InferenceSession.create(file, { executionProviders: ["wasm"] });
  return {
    async run(feeds, rows) {
      const tensors = inputs.map((input) => {
        const values = feeds[input.name]!;
        const tensor =
          "width" in input
            ? new Tensor("float32", values, [rows, input.width])
            : new Tensor("int64", BigInt64Array.from(values, BigInt), [rows]);
        return [input.name, tensor] as const;
      });
      const { rows: made } = await session.run(Object.fromEntries(tensors));
      return (await made!.getData()) as Float32Array;
    },
    release: () => session.release(),
  };
}
