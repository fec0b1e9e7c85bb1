import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelCards } from "../catalog/models.ts";
import { complete } from "../catalog/setting.ts";
import { setupFor } from "../store/setup.ts";
import { taskFigures, type TaskFigure } from "../store/task.ts";
import { readCode, writeCode, type HandedIn } from "./resultCode.ts";
import { ShareRefusal } from "./refusal.ts";
import { anySetup } from "./testing/anySetup.ts";

const anyResult: fc.Arbitrary<HandedIn> = fc.record({
  setup: anySetup.map((setup) => ({ ...setup, view: undefined, pair: undefined, experiment: undefined })),
  figure: fc.constantFrom(...(Object.keys(taskFigures) as TaskFigure[])),
  value: fc.double({ min: -10, max: 100, noNaN: true }).map((value) => Number(value.toPrecision(6))),
  step: fc.nat(1_000_000),
  elapsed: fc.nat(100_000).map((tenths) => tenths / 10),
});

describe("a result code", () => {
  it("is read back as it was handed in, two hundred times", async () => {
    await fc.assert(
      fc.asyncProperty(anyResult, async (result) => {
        const code = await writeCode(result);
        expect(code).toMatch(/^LK1\.[A-Za-z0-9_-]+$/u);
        const back = await readCode(`  ${code}\n`);
        const { settings } = modelCards.find(({ id }) => id === result.setup.model)!;
        const whole = (of: HandedIn) => ({
          ...of,
          setup: { ...of.setup, settings: complete(settings, of.setup.settings), columns: { ...of.setup.columns } },
        }); // prettier-ignore
        expect(whole(back)).toEqual(whole(result));
      }),
      { numRuns: 200 },
    );
  });

  it("is refused where a character was changed, lost or added", async () => {
    await fc.assert(
      fc.asyncProperty(anyResult, fc.nat(), fc.constantFrom("A", "b", "7", ""), async (result, at, to) => {
        const code = await writeCode(result);
        const place = 4 + (at % (code.length - 4));
        const damaged = code.slice(0, place) + to + code.slice(place + 1);
        if (damaged === code) return;
        // The last character's spare bits may be whatever they like: then it says the same.
        const read = await readCode(damaged).catch((error: unknown) => error);
        if (place === code.length - 1 && !(read instanceof Error))
          expect(await writeCode(read as HandedIn)).toBe(code);
        else expect(read).toBeInstanceOf(ShareRefusal);
      }),
      { numRuns: 200 },
    );
  });

  it("says what a text that is none is", async () => {
    await expect(readCode("hello")).rejects.toThrow("is no result code");
    await expect(readCode("LK1.")).rejects.toThrow("copy it again");
    await expect(readCode(`LK1.${"A".repeat(5_000)}`)).rejects.toThrow("longer than any");
  });

  it("holds no name of a person's own table", async () => {
    const setup = {
      ...setupFor("own"),
      columns: { "patient name": { include: false } },
      pair: [3, 4] as const,
    };
    const back = await readCode(
      await writeCode({ setup, figure: "distance", value: 0.02, step: 10, elapsed: 1 }),
    );
    expect(JSON.stringify(back)).not.toContain("patient");
    expect(back.setup.pair).toBeUndefined();
  });
});
