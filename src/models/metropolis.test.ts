import { beforeAll, describe, expect, it } from "vitest";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { tensorRandom } from "../engine/noise.ts";
import { add, mul, square, sub } from "../engine/tf.ts";
import type { Rows } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { metropolis, type Proposal } from "./metropolis.ts";

const chains = 4_000;

/** Proposals from N(0, 1); what is wanted is N(0.8, 0.5²), so that the ratio's logarithm is known but for a constant. */
function openProposals(seed: number): {
  readonly noise: ReturnType<typeof tensorRandom>;
  propose(): Proposal;
} {
  const noise = tensorRandom(random(seed));
  return {
    noise,
    propose() {
      const rows = noise.normal(chains, 1);
      const ratio = sub(mul(square(rows), 0.5), mul(square(sub(rows, 0.8)), 0.5 / 0.5 ** 2));
      return { rows, ratio: add(ratio, 17) as Rows };
    },
  };
}

async function momentsAfter(steps: number): Promise<{ readonly mean: number; readonly deviation: number }> {
  const { noise, propose } = openProposals(3);
  const { rows } = metropolis(propose(), propose, steps, noise);
  const values = (await rows.data()) as Float32Array;
  const mean = values.reduce((sum, value) => sum + value, 0) / chains;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / chains);
  return { mean, deviation };
}

beforeAll(async () => void (await openNodeBackend("wasm")));

describe("rows at the end of a chain", () => {
  it("are the proposals themselves where the chain takes no step", async () => {
    const { mean, deviation } = await momentsAfter(0);
    expect(Math.abs(mean)).toBeLessThan(0.06);
    expect(Math.abs(deviation - 1)).toBeLessThan(0.05);
  });

  it("come from the distribution whose ratio to the proposals' is told", async () => {
    const { mean, deviation } = await momentsAfter(40);
    // Standard errors of 4,000 rows: 0.008 and 0.006.
    expect(Math.abs(mean - 0.8)).toBeLessThan(0.04);
    expect(Math.abs(deviation - 0.5)).toBeLessThan(0.03);
  });

  it("are told, not left behind, where a ratio is no number", async () => {
    const { noise, propose } = openProposals(3);
    const broken = (): Proposal => ({ ...propose(), ratio: mul(propose().rows, NaN) as Rows });
    const { ratio } = metropolis(propose(), broken, 1, noise);
    const values = (await ratio.data()) as Float32Array;
    expect(values.some(Number.isNaN)).toBe(true);
  });
});
