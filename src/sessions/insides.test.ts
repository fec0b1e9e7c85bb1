import { describe, expect, it } from "vitest";
import type { InsideLook } from "../protocol/inside.ts";
import type { TrainEvent } from "../protocol/train.ts";
import { insides } from "./insides.ts";

const look: InsideLook = { level: 0.5, steps: 3, back: 1 };
const learned = {
  run: 4,
  spans: [{ kind: "category", start: 0, width: 2, column: 0, label: "kind" }],
  rows: { values: Float32Array.of(1, 0), rows: 1, width: 2 },
} as const;

function bench() {
  let now = 0;
  let layersAsked = 0;
  const said: TrainEvent[] = [];
  const trainer = {
    step: 1,
    inside: undefined,
    layers: () => {
      layersAsked++;
      now += 10; // a look takes that long
      return Promise.resolve([]);
    },
  };
  const seen = insides({ post: (event) => void said.push(event), now: () => now });
  return { seen, trainer, said, pass: (ms: number) => void (now += ms), layersAsked: () => layersAsked };
}

describe("looks inside", () => {
  it("are taken one for each that is asked for, where there is a run and something new", async () => {
    const { seen, trainer, said } = bench();
    expect(seen.dueAt(trainer, false)).toBe(Infinity);
    seen.want(look);
    expect(seen.dueAt(trainer, false)).toBe(Infinity);
    seen.turnTo(learned);
    expect(seen.dueAt(trainer, false)).toBe(0);
    await seen.make(trainer);
    expect(said).toEqual([{ type: "inside", run: 4, seen: { step: 1, nets: [] } }]);
    expect(seen.dueAt(trainer, false)).toBe(Infinity);
    // The same again shows nothing new; another step, another look or another model does.
    seen.want(look);
    expect(seen.dueAt(trainer, false)).toBe(Infinity);
    seen.want({ ...look, level: 0.6 });
    expect(seen.dueAt(trainer, false)).toBe(0);
    seen.want(look);
    trainer.step = 2;
    expect(seen.dueAt(trainer, false)).toBe(0);
    await seen.make(trainer);
    seen.want(look);
    seen.turnTo({ ...learned, run: 5 });
    expect(seen.dueAt(trainer, false)).toBe(0);
    seen.want(undefined);
    expect(seen.dueAt(trainer, false)).toBe(Infinity);
  });

  it("take an eighth of the time at most while a model trains, and its layers are read twice a second", async () => {
    const { seen, trainer, pass, layersAsked } = bench();
    seen.turnTo(learned);
    seen.want(look);
    await seen.make(trainer); // took 10 ms, from 0 on
    trainer.step = 2;
    seen.want(look);
    expect(seen.dueAt(trainer, true)).toBe(80);
    expect(seen.dueAt(trainer, false)).toBe(0);
    pass(90);
    await seen.make(trainer);
    expect(layersAsked()).toBe(1);
    trainer.step = 3;
    seen.want(look);
    // That one took no time.
    expect(seen.dueAt(trainer, true)).toBe(160);
    pass(400);
    await seen.make(trainer);
    expect(layersAsked()).toBe(2);
  });
});
