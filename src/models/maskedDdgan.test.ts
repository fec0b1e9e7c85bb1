import { beforeAll, describe, expect, it } from "vitest";
import type { Given, Span } from "../encode/span.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { trainer } from "../train/trainer.ts";

/** Three categories of two kinds each, the first two always alike and the third apart from them. */
const spans: readonly Span[] = [0, 1, 2].map((column) => ({
  kind: "category",
  start: 2 * column,
  width: 2,
  column,
  label: "abc"[column]!,
}));
const rows = 200;
const values = Float32Array.from({ length: rows * 6 }, (_, i) => {
  const [row, at] = [Math.floor(i / 6), i % 6];
  const kind = at < 4 ? row % 2 : (row >> 1) % 2;
  return Number(at % 2 === kind);
});

async function drawn(settings: Record<string, number>, given?: Given): Promise<Float32Array> {
  const t = trainer({
    spans,
    rows: { values, rows, width: 6 },
    config: {
      model: "ddgan",
      settings: { generator: [32, 32], discriminator: [32, 32], latent: 8, batch: 64, ...settings },
      seed: 1,
    },
  });
  t.advance(undefined, 400);
  const pieces: number[] = [];
  for await (const { values: piece } of t.sample(500, 3, given)) pieces.push(...piece);
  t.dispose();
  return Float32Array.from(pieces);
}

/** The share of rows in which two columns are alike. */
const alike = (of: Float32Array, a: number, b: number): number => {
  let found = 0;
  for (let row = 0; row < 500; row++) if (of[6 * row + 2 * a] === of[6 * row + 2 * b]) found++;
  return found / 500;
};

describe("a denoising diffusion GAN over masked columns", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));

  it("makes columns that it fills in at once hang together", async () => {
    // By their own probabilities the first two would be alike in half of the rows.
    const made = await drawn({ steps: 1 });
    expect(alike(made, 0, 1)).toBeGreaterThan(0.9);
    expect(alike(made, 0, 2)).toBeGreaterThan(0.3);
    expect(alike(made, 0, 2)).toBeLessThan(0.7);
  });

  it("draws what is not given from what is", async () => {
    const given = {
      rows: {
        values: Float32Array.from({ length: 3000 }, (_, i) => Number(i % 6 === 1)),
        rows: 500,
        width: 6,
      },
      known: Uint8Array.from({ length: 1500 }, (_, i) => Number(i % 3 === 0)),
      columns: 3,
    };
    const made = await drawn({ steps: 2 }, given);
    const second = (column: number): number =>
      Array.from({ length: 500 }, (_, row) => made[6 * row + 2 * column + 1]!).reduce((a, b) => a + b) / 500;
    expect(second(0)).toBe(1);
    expect(second(1)).toBeGreaterThan(0.9);
    expect(second(2)).toBeGreaterThan(0.3);
    expect(second(2)).toBeLessThan(0.7);
  });
});
