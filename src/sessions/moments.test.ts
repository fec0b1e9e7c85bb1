import { beforeAll, describe, expect, it } from "vitest";
import { modelCards } from "../catalog/models.ts";
import { openBackend } from "../engine/backends.ts";
import type { KeptRun } from "../protocol/port.ts";
import { bytesOf as bytesOfReplay, noReplay, seen } from "../store/replay.ts";
import type { Checkpoint } from "../train/checkpoint.ts";
import { trainer } from "../train/trainer.ts";
import { openSource } from "./opening.ts";
import { bytesOf, moments, room, roomBesideImages } from "./moments.ts";
import { prepare, trainingRows } from "./preparing.ts";

const kept = (step: number, checkpoint: Omit<Checkpoint, "step">, run = 1): KeptRun => ({
  run,
  data: 1,
  checkpoint: { ...checkpoint, step },
  config: { model: "vae", settings: {} },
  fitted: null,
  elapsed: step,
  finished: false,
  laps: [],
  losses: { steps: [], values: {} },
});
const sized = (bytes: number): Omit<Checkpoint, "step"> => ({
  parts: [{ values: [new Float32Array(bytes / 4)], count: 1 }],
});

describe("moments", () => {
  it("lie far apart, within their room", () => {
    const along = moments(1_000);
    for (let step = 0; step <= 20_000; step += 50) along.note(kept(step, sized(240)));
    expect(along.bytes).toBe(960);
    expect(along.steps).toHaveLength(4);
    const gaps = along.steps.map((step, i) => step - (along.steps[i - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps));
    expect(along.steps.at(-1)).toBeGreaterThan(10_000);
    expect(along.at(along.steps[1]!)!.checkpoint.step).toBe(along.steps[1]);
    expect(along.at(7)).toBeUndefined();
  });

  it("are of one run, and of nothing after the step that it went back to", () => {
    const along = moments(room);
    for (const step of [0, 10, 20, 30]) along.note(kept(step, sized(8)));
    expect(along.steps).toEqual([10, 20, 30]);
    expect(along.note(kept(20, sized(8)))).toBe(true);
    expect(along.steps).toEqual([10, 20]);
    along.note(kept(5, sized(8), 2));
    expect(along.steps).toEqual([5]);
  });

  it("of one alone is in the run's second half", () => {
    const along = moments(100);
    for (let step = 50; step <= 9_000; step += 50) {
      along.note(kept(step, sized(80)));
      expect(along.steps).toHaveLength(1);
      expect(along.steps[0]!).toBeGreaterThanOrEqual(step / 2);
    }
    expect(along.steps[0]).toBeLessThan(9_000);
  });

  it("are none where not even one has room", () => {
    const along = moments(100);
    expect(along.note(kept(9, sized(104)))).toBe(false);
    expect(along.steps).toEqual([]);
  });

  describe("of a run of 20,000 steps with every model as it comes", () => {
    beforeAll(() => openBackend({ forced: "cpu", wasmPaths: "" }));
    const learners = modelCards.filter(({ instant }) => !instant).map(({ id }) => id);

    it.each([
      ...learners.map((model) => [model, "birds"] as const),
      ["vae", "glyphs"] as const,
      ["diffusion", "glyphs"] as const,
    ])("%s on %s: 120 looks and weights take at most 4 MB", async (model, dataset) => {
      const opened = await openSource(
        { kind: "builtin", id: dataset, seed: 1 },
        { rowLimit: 100_000, seed: 7 },
        { cancelled: () => false, rest: async () => {}, onProgress: () => {} },
      );
      const options = {
        missingMarks: [""],
        columns: {},
        holdout: 0.2,
        seed: 7,
        numeric: "quantile",
      } as const;
      const prepared = await prepare(opened, 1, options, new Map(), "", async () => {});
      const { spans } = prepared.encoder;
      const learned = trainer({
        spans,
        rows: trainingRows(prepared),
        config: { model, settings: {}, seed: 1 },
        image: prepared.image,
      });
      const checkpoint = await learned.checkpoint();
      const most = prepared.image ? roomBesideImages : room;
      const along = moments(most);
      let replay = noReplay;
      const losses = Object.fromEntries(learned.curves.map((name) => [name, 1]));
      const dials = Array.from({ length: 4 }, (_, i) => ({ label: String(i), value: 1 }));
      for (let step = 20; step <= 20_000; step += 20) {
        const figures = { losses, distance: 1, dials };
        replay = seen(replay, { step, points: new Float32Array(800) }, figures);
        if (prepared.image) {
          const size = prepared.image.width * prepared.image.height;
          replay = seen(replay, { step, pixels: new Uint8Array(64 * size), size }, figures);
        }
        if (step % 500 === 0) along.note(kept(step, checkpoint));
      }
      learned.dispose();
      expect(replay.looks).toHaveLength(120);
      // Of a model that is too large for that the best step alone can be gone back to.
      expect(along.steps.length > 0).toBe(bytesOf(checkpoint) <= most);
      const total = bytesOfReplay(replay) + along.bytes;
      console.log(
        `${model} on ${dataset}: ${replay.looks.length} looks ${(bytesOfReplay(replay) / 1e6).toFixed(2)} MB, ${along.steps.length} moments of ${(bytesOf(checkpoint) / 1e6).toFixed(2)} MB, in all ${(total / 1e6).toFixed(2)} MB`,
      );
      expect(total).toBeLessThanOrEqual(4e6);
    });
  });
});
