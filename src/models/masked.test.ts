import { beforeAll, describe, expect, it } from "vitest";
import type { Given } from "../encode/span.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { learnedSizes } from "./testing/sizes.ts";

describe("masked diffusion", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));

  it("learns a number, a category that follows it, and when the number is missing", async () => {
    const t = learnedSizes({ process: "masked" }, 400);
    const made = (await t.snapshot(600)).values;
    let right = 0;
    let measured = 0;
    const missing = [0, 0, 0];
    const total = [0, 0, 0];
    for (let i = 0; i < 600; i++) {
      const kind = [0, 1, 2].find((k) => made[i * 6 + 3 + k] === 1)!;
      total[kind]!++;
      if (made[i * 6 + 1] === 1) missing[kind]!++;
      else {
        const size = made[i * 6 + 2]!;
        measured++;
        if (kind === (size < -0.5 ? 0 : size < 0.5 ? 1 : 2)) right++;
      }
    }
    // Drawn apart they would agree in about 36 of 100 rows.
    expect(right / measured).toBeGreaterThan(0.85);
    expect(missing[2]! / total[2]!).toBeGreaterThan(0.35);
    expect((missing[0]! + missing[1]!) / (total[0]! + total[1]!)).toBeLessThan(0.05);
    t.dispose();
  });

  it("says so where its weights are no longer numbers, and makes no rows up", async () => {
    const t = learnedSizes({ process: "masked" }, 400);
    t.tune("learningRate", 1e30);
    t.advance(undefined, 20);
    await expect(t.snapshot(20)).rejects.toThrow("not numbers");
    t.dispose();
  });

  it("draws what is not given from what is, and fills gaps with values", async () => {
    const t = learnedSizes({ process: "masked" }, 400);
    /** 400 rows whose column `of` is known. */
    const given = (of: number, row: readonly number[], whole = false): Given => ({
      rows: { values: Float32Array.from({ length: 2_400 }, (_, i) => row[i % 6]!), rows: 400, width: 6 },
      known: Uint8Array.from({ length: 800 }, (_, i) => (i % 2 === of ? 1 : 0)),
      columns: 2,
      whole,
    });
    const share = async (of: Given, counts: (row: Float32Array) => boolean): Promise<number> => {
      let found = 0;
      for await (const { values, rows } of t.sample(400, 1, of))
        for (let i = 0; i < rows; i++) if (counts(values.subarray(i * 6, i * 6 + 6))) found++;
      return found / 400;
    };
    const large = [1, 0, 0, 0, 0, 1];
    expect(await share(given(1, large), (row) => row[5] === 1)).toBe(1);
    expect(await share(given(1, large), (row) => row[1] === 1)).toBeCloseTo(0.5, 0);
    expect(await share(given(1, large), (row) => row[0] === 1 && row[2]! < 0.4)).toBeLessThan(0.06);
    expect(await share(given(1, large, true), (row) => row[1] === 1)).toBe(0);
    // What was never measured is large.
    expect(await share(given(0, [0, 1, 0, 1, 0, 0]), (row) => row[5] === 1)).toBeGreaterThan(0.9);
    t.dispose();
  });
});
