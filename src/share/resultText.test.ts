import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { complete } from "../catalog/setting.ts";
import { modelCard } from "../catalog/models.ts";
import type { Setup } from "../store/setup.ts";
import { readLink, resultHash, resultIn } from "./link.ts";
import { linkOf, longestPlain, longestReplay } from "./resultOf.ts";
import { readResult, writeResult } from "./resultText.ts";
import type { SharedResult } from "./result.ts";
import { anyResult, race } from "./testing/anyResult.ts";
import { anySetup } from "./testing/anySetup.ts";

const there = async (result: SharedResult): Promise<SharedResult> => {
  const opened = await readResult(await writeResult(result));
  expect(opened.faults).toEqual([]);
  return opened.result;
};
/** A setup with every setting filled in, as all that reads one fills it. */
const filled = (setup: Setup) => ({
  ...setup,
  settings: complete(modelCard(setup.model).settings, setup.settings),
  columns: { ...setup.columns },
});
const figures = ({ table, runs, scene }: SharedResult) => ({
  table,
  view: scene && { ...scene, real: [scene.real.side, ...scene.real.cells] },
  runs: runs.map(({ losses, scores, looks, setup, ...exact }) => ({
    ...exact,
    setup: filled(setup),
    curves: losses.curves.map(({ name, values }) => [name, values.length]),
    scored: scores.values.length,
    looks: looks.map(({ step, points }) => [step, points.length]),
  })),
});

describe("a result link", () => {
  it("gives back every figure as it was, and curves and dots as near as eyes tell", async () => {
    await fc.assert(
      fc.asyncProperty(anyResult, async (result) => {
        const back = await there(result);
        expect(figures(back)).toEqual(figures(result));
        result.runs.forEach((run, r) => {
          const read = back.runs[r]!;
          run.losses.curves.forEach(({ values }, c) =>
            near(read.losses.curves[c]!.values, values, 1 / 65_534),
          );
          near(read.scores.values, run.scores.values, 1 / 65_534);
          run.looks.forEach(({ points }, l) => {
            const found = read.looks[l]!.points;
            points.forEach((at, i) => {
              if (Number.isNaN(at)) expect(found[i]).toBeNaN();
              else expect(Math.abs(found[i]! - at)).toBeLessThanOrEqual(0.5 / 254 + 1e-6);
            });
          });
        });
        // What was read is written and read as itself: nothing drifts as a link is passed on.
        expect(await there(back)).toEqual(back);
      }),
      { numRuns: 200 },
    );
  });

  it("carries every control there and back", async () => {
    const plain = race(1, { looks: 1, points: 4 });
    await fc.assert(
      fc.asyncProperty(anySetup, async (setup) => {
        const back = await there({ ...plain, runs: [{ ...plain.runs[0]!, setup }] });
        expect(filled(back.runs[0]!.setup)).toEqual(filled(setup));
      }),
      { numRuns: 1_000 },
    );
  });

  it("of a race of four is at most 8 kB long, and 20 kB with its replay", async () => {
    for (const seed of [1, 2, 3]) {
      const full = race(4, { seed });
      const plain = await linkOf(full, false);
      const moving = await linkOf(full, true);
      expect(plain.hash.length).toBeLessThanOrEqual(longestPlain);
      expect(moving.hash.length).toBeLessThanOrEqual(longestReplay);
      expect(plain.result.runs.every(({ looks }) => looks.length === 1)).toBe(true);
      const { runs } = (await readResult(resultIn(moving.hash)!)).result;
      for (const { looks } of runs) {
        expect(looks.length).toBeGreaterThanOrEqual(8);
        expect(looks.at(-1)!.step).toBe(20_000);
      }
      console.log(
        `A race of four: ${plain.hash.length} characters; with ${runs[0]!.looks.length} looks of ${runs[0]!.looks[0]!.points.length / 2} points ${moving.hash.length}.`,
      );
    }
  });

  it("is no setup link to pages that know none of it, which say so", async () => {
    const hash = resultHash(await writeResult(race(1, { looks: 2, points: 9 })));
    expect(readLink(`#${hash}`)).toMatchObject({ found: false });
    expect(readLink(`#${hash}`).faults[0]).toContain("newer");
    expect(resultIn("#v=1&data=ring")).toBeUndefined();
  });
});

function near(found: readonly number[], wanted: readonly number[], share: number): void {
  const finite = wanted.filter(Number.isFinite);
  const reach = (Math.max(...finite) - Math.min(...finite)) * share + 1e-9;
  wanted.forEach((value, i) => {
    if (Number.isNaN(value)) expect(found[i]).toBeNaN();
    else expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(reach);
  });
}
