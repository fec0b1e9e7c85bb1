/** A model that can't be recorded is trained step by step, and it is said why. */
import { describe, expect, it, vi } from "vitest";
import type { Rows } from "../engine/tf.ts";
import { engineMemory } from "../engine/memory.ts";
import { gpuErrors, openDawn, whyNoSwiftShader } from "../engine/testing/nodeBackend.ts";
import { slice, tidy } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { trainer } from "./trainer.ts";

/** Batches that end with their epoch: of eight rows, eight and four. */
vi.mock(import("../engine/feed.ts"), async (original) => {
  const real = await original();
  return {
    ...real,
    feed: (table, size, clock, draws) => {
      const whole = real.feed(table, size, clock, draws);
      const next = (): Rows => {
        const rows = clock.steps.value % 3 === 2 ? 4 : whole.size;
        return tidy(() => slice(whole.next(), 0, rows));
      };
      return { ...whole, next };
    },
  };
});

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: steps that can't be recorded, on SwiftShader (${reason}).`);

describe.skipIf(reason !== undefined)("a model whose batches change their shape", () => {
  it("is trained step by step, says why, and holds nothing that it should not", async () => {
    await openDawn("swiftshader");
    const source = random(1);
    const rows = { values: Float32Array.from({ length: 40 }, () => source.normal()), rows: 20, width: 2 };
    const spans = [0, 1].map((start) => ({ kind: "numeric" as const, start, width: 1, column: start, label: `x${start}` })); // prettier-ignore
    const settings = { hidden: [4], batch: 8, latent: 1 };
    const t = trainer({ spans, rows, config: { model: "vae", settings, seed: 1 } });
    t.advance(undefined, 3);
    const first = await t.report();
    const held = engineMemory();
    t.advance(undefined, 3);
    const later = await t.report();
    expect(t.step).toBe(6);
    expect(t.replays).toBe(false);
    expect(t.refusal).toBe("the step's shapes change: [8, 2] becomes [4, 2]");
    expect(Number.isFinite(later.losses["loss"])).toBe(true);
    expect(later.losses["loss"]).not.toBe(first.losses["loss"]);
    expect(engineMemory()).toEqual(held);
    expect(gpuErrors).toEqual([]);
    t.dispose();
  });
});
