import { beforeAll, describe, expect, it } from "vitest";
import type { Given } from "../encode/span.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { agreement, learnedSizes, sizes } from "./testing/sizes.ts";

const n = 600;

describe("rows that noise is taken from, completed", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));

  it.each([
    // 0.47 if levels are not gone through again, and 0.34 if the kind were drawn without a look at the size.
    { process: "edm", least: 0.6 },
    // Near the data this denoiser copies categories rather than reading them off numbers, so it needs longer training.
    { process: "ddpm", least: 0.42 },
  ])(
    "$process draws what is not given from what is, and fills gaps with values",
    async ({ process, least }) => {
      const t = learnedSizes({ process, average: 0.99, learningRate: 5e-3 }, 800);
      const rows = sizes(n, 8);
      const complete = async (of: number, whole = false): Promise<Float32Array> => {
        const known = Uint8Array.from({ length: 2 * n }, (_, i) => (i % 2 === of ? 1 : 0));
        const given: Given = { rows, known, columns: 2, whole };
        const made: number[] = [];
        for await (const { values } of t.sample(n, 1, given)) made.push(...values);
        return Float32Array.from(made);
      };
      const [bySize, byKind] = [await complete(0), await complete(1)];
      expect(agreement(bySize)).toBeGreaterThan(least);
      // Given the kind, the size fits it as well as in rows that the model draws freely.
      expect(agreement(byKind)).toBeGreaterThan(agreement((await t.snapshot(1_500)).values) - 0.05);

      const column = (values: Float32Array, at: number): number[] =>
        Array.from({ length: n }, (_, i) => values[6 * i + at]!);
      const share = (values: Float32Array, of: (row: Float32Array) => boolean): number =>
        column(values, 0).filter((_, i) => of(values.subarray(6 * i, 6 * i + 6))).length / n;
      for (const at of [0, 1, 2]) expect(column(bySize, at)).toEqual(column(rows.values, at));
      for (const at of [3, 4, 5]) expect(column(byKind, at)).toEqual(column(rows.values, at));
      // Half of the large ones are missing, unless gaps are what is to be filled.
      const missing = (values: Float32Array): number => share(values, (row) => row[1] === 1);
      expect(missing(byKind) / share(rows.values, (row) => row[5] === 1)).toBeCloseTo(0.5, 0);
      expect(missing(await complete(1, true))).toBe(0);
      t.dispose();
    },
    60_000,
  );
});
