import { expect, it } from "vitest";
import type { TrainEvent } from "../protocol/train.ts";
import type { Trainer } from "../train/trainer.ts";
import { reports } from "./reports.ts";

it("the pace is that of some seconds, so that a picture or another program does not make it jump", async () => {
  let now = 0;
  const trainer = { step: 0, curves: [], report: async () => ({ step: trainer.step, losses: {} }) };
  const paces: number[] = [];
  const post = (event: TrainEvent): void => {
    if (event.type === "progress") paces.push(event.stepsPerSecond);
  };
  const told = reports({ post, now: () => now }, 1, trainer as unknown as Trainer, () => false, undefined);
  /** A second of so many steps. */
  const second = async (steps: number): Promise<number> => {
    now += 1_000;
    trainer.step += steps;
    told.credit();
    await told.note(now, { bundle: 1 }, true);
    return paces.at(-1)!;
  };
  for (let i = 0; i < 10; i++) await second(50);
  expect(paces.at(-1)).toBe(50);
  const stalled = await second(0);
  expect(stalled).toBeGreaterThan(40);
  const hurried = await second(100);
  expect(Math.abs(hurried - stalled)).toBeLessThan(10);
  // Another speed is another pace at once.
  told.resume();
  await second(2);
  expect(await second(2)).toBe(2);
});
