import { describe, expect, it } from "vitest";
import { duration, progress } from "./progress.ts";

/** What is said of steps 0, 4, 8 … 40 of 40, ten a second. */
function said(columns: number | undefined, limits = { steps: 40, seconds: Infinity }): string {
  let text = "";
  const bar = progress({ say: (words) => (text += words), columns }, limits);
  for (let step = 0; step <= 40; step += 4) bar.show({ step, elapsed: 100 * step, losses: { loss: 1 / 3 } });
  bar.end();
  return text;
}

describe("progress", () => {
  it("is a line every tenth where nobody looks", () => {
    const lines = said(undefined).trimEnd().split("\n");
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe(" 10 %  4 of 40 steps, 10 steps/s, loss 0.3333, 4 s to go");
    expect(lines.at(-1)).toBe("100 %  40 of 40 steps, 10 steps/s, loss 0.3333");
  });

  it("is one line, never too long, that is cleared at the end where somebody does", () => {
    const lines = said(60).split("\r\u001B[2K");
    expect(lines).toHaveLength(13);
    expect(lines[6]).toBe("[==========          ] 20 of 40 steps, 10 steps/s, loss 0.3");
    expect(Math.max(...lines.map(({ length }) => length))).toBe(59);
    expect(lines.at(-1)).toBe("");
  });

  it("goes by what is used up first", () => {
    const lines = said(undefined, { steps: Infinity, seconds: 8 }).trimEnd().split("\n");
    expect(lines.at(-1)).toBe(" 50 %  40 steps, 10 steps/s, loss 0.3333, 4 s to go");
    expect(said(undefined, { steps: 400, seconds: 4 })).toContain("100 %  40 of 400 steps");
  });

  it("says times as people do", () => {
    expect([4.4, 59.6, 200, 7_500].map(duration)).toEqual(["4 s", "1 min 0 s", "3 min 20 s", "2 h 5 min"]);
  });
});
