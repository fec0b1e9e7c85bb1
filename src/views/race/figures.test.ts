import { expect, it } from "vitest";
import { defaultsFor } from "../../catalog/models.ts";
import type { RaceFigures } from "../../protocol/race.ts";
import { foldRace, starting, type RaceState } from "../../store/race.ts";
import { racerNames } from "../../catalog/racers.ts";
import { raceMarkdown, scoreboard } from "./figures.ts";

const spec = (id: "gan" | "vae" | "ddgan") => ({ id, settings: defaultsFor(id, "shape") });

function judged(all: readonly (RaceFigures & { readonly speed: number })[]): RaceState {
  const racers = (["gan", "vae", "ddgan"] as const).slice(0, all.length).map(spec);
  const config = { racers, seed: 3, budget: { unit: "steps", amount: 1_500 }, dataset: "ring" } as const;
  return all.reduce(
    (state, { speed, ...figures }, racer) =>
      foldRace(state, {
        type: "judged",
        turn: 0,
        racer,
        step: 1_500,
        spent: 2 + racer,
        figures,
        rowsPerSecond: speed,
      }),
    foldRace(starting(config), { type: "reference", figures: { quality: 0.96, modes: { hit: 8, of: 8, near: 0.99 } } }), // prettier-ignore
  );
}

const state = judged([
  { quality: 0.25, distance: 0.2, modes: { hit: 3, of: 8, near: 0.9 }, speed: 200_000 },
  { quality: 0.75, distance: 0.05, modes: { hit: 8, of: 8, near: 0.8 }, speed: 50_000 },
  { quality: 0.752, distance: -0.001, speed: 1_000 },
]);
const row = (label: string, baseline = 0) =>
  scoreboard(state, baseline).find((each) => each.label === label)!;

it("says differences to the baseline, and factors where sizes differ by factors", () => {
  expect(row("Not told apart").cells.map(({ change }) => change)).toEqual(["", "+0.50", "+0.50"]);
  expect(row("Not told apart", 1).cells.map(({ change }) => change)).toEqual(["−0.50", "", "same"]);
  expect(row("Rows drawn a second").cells.map(({ change }) => change)).toEqual(["", "× 0.25", "× 0.005"]);
  expect(row("Training steps").cells.map(({ change }) => change)).toEqual(["", "", ""]);
});

it("marks the best, whichever way is good, and nothing where more is neither", () => {
  const best = (label: string) => row(label).cells.map((cell) => cell.best);
  expect(best("Not told apart")).toEqual([false, false, true]);
  expect(best("Distance to held-out rows")).toEqual([false, false, true]);
  expect(best("Modes hit")).toEqual([false, true, false]);
  expect(best("Seconds of training")).toEqual([false, false, false]);
});

it("leaves out what nobody has, and says where one has none", () => {
  expect(row("Coverage")).toBeUndefined();
  expect(row("Modes hit").cells.map(({ text }) => text)).toEqual(["3 of 8", "8 of 8", "–"]);
  expect(row("Modes hit").held).toBe("8");
});

it("becomes a Markdown table", () => {
  const lines = raceMarkdown(state, 0).split("\n");
  expect(lines[0]).toBe(
    "Likeness, a race on ring: 1,500 steps each, seed 3, no backend. In brackets: against GAN.",
  );
  expect(lines[2]).toBe("|  | GAN | VAE | DDGAN, T = 4 | Held-out rows |");
  expect(lines).toContain("| Not told apart | 0.25 | 0.75 (+0.50) | 0.75 (+0.50) | 0.96 |");
  expect(new Set(lines.slice(2, -1).map((line) => line.split("|").length))).toEqual(new Set([7]));
});

it("gives means and spreads where further seeds have raced", () => {
  const more = ([0.35, 0.45] as const).reduce(
    (before, quality, i) =>
      foldRace(before, {
        type: "judged",
        turn: i + 1,
        racer: 0,
        step: 1_500,
        spent: 2,
        figures: { quality, modes: { hit: 4, of: 8, near: 1 } },
        rowsPerSecond: 1,
      }),
    state,
  );
  // The GAN has three of four seeds.
  const [gan, vae] = scoreboard({ ...more, turn: 3 }, 0).find(
    ({ label }) => label === "Not told apart",
  )!.cells;
  expect(gan).toMatchObject({ text: "0.35", spread: "± 0.10, 3 seeds" });
  const [all] = scoreboard({ ...more, turn: 2 }, 0).find(({ label }) => label === "Not told apart")!.cells;
  expect(all).toMatchObject({ text: "0.35", spread: "± 0.10" });
  expect(vae).toMatchObject({ text: "0.75", spread: "", change: "+0.40" });
  expect(scoreboard(more, 0).find(({ label }) => label === "Modes hit")!.cells[0]!.text).toBe("3.67 of 8");
});

it("tells racers of one name apart", () => {
  expect(racerNames([spec("gan"), spec("vae"), spec("gan")])).toEqual(["GAN (1)", "VAE", "GAN (2)"]);
});
