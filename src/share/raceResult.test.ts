/** A race as a link: written, read back, and silent about a private table. */
import { expect, it } from "vitest";
import { defaultsFor } from "../catalog/models.ts";
import { initialState } from "../store/fold.ts";
import { foldRace, noRace, starting, type RaceState } from "../store/race.ts";
import { setupFor } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import type { RaceConfig, RaceEvent } from "../protocol/race.ts";
import { random } from "../random/random.ts";
import { markdownOf } from "./markdown.ts";
import { raceResultOf } from "./raceResult.ts";
import { linkOf, longestPlain, longestReplay } from "./resultOf.ts";
import { readDocument } from "./document.ts";
import { ShareRefusal } from "./refusal.ts";
import { documentOf, readResult, writeResult } from "./resultText.ts";

const source = random(3);
const points = (many: number): Float32Array => Float32Array.from({ length: 2 * many }, () => source.normal());
const racers = (["gan", "vae", "diffusion"] as const).map((id) => ({
  id,
  settings: defaultsFor(id, "shape"),
}));
const ddgan = { id: "ddgan", settings: { ...defaultsFor("ddgan", "shape"), steps: 2 } } as const;

function raced(
  dataset: "ring" | "own",
  more: Pick<RaceConfig, "seeds" | "most"> = {},
): { readonly lab: LabState; readonly race: RaceState } {
  const state = initialState(setupFor(dataset));
  const summary = {
    name: "Sesame-street.csv",
    rows: 2_000,
    rowsRead: 2_000,
    columns: [],
    preview: [],
    said: "",
    issues: [],
  };
  const prepared = { data: 1, trainRows: 1_600, holdoutRows: 400, width: 2, views: ["plane"] } as const;
  const lab: LabState = { ...state, data: { status: "ready", reading: undefined, summary, prepared } };
  const axis = (label: string) => ({ label, range: [-4, 4] as const });
  const events: RaceEvent[] = [
    {
      type: "ready",
      backend: "wasm",
      scene: {
        view: "plane",
        real: points(1_500),
        holdout: points(400),
        x: axis("secret-x"),
        y: axis("secret-y"),
      },
      objectives: [["discriminator", "generator"], ["loss"], ["loss"], ["loss"]],
    },
    ...Array.from({ length: 120 }, (_, i): RaceEvent => ({
      type: "look",
      racer: i % 4,
      step: 10 * (1 + Math.floor(i / 4)),
      spent: i / 40,
      losses: i % 4 === 0 ? { discriminator: 1 / (i + 1), generator: 2 } : { loss: 1 / (i + 1) },
      distance: 1 / (i + 2),
      points: points(400),
    })),
    { type: "judging" },
    ...Array.from({ length: more.seeds ?? 1 }, (_, turn) =>
      [0, 1, 3].map((racer): RaceEvent => ({
        type: "judged",
        turn,
        racer,
        step: 300,
        spent: 3,
        figures: {
          distance: 0.01234,
          quality: 0.1 * (racer + 1) + 0.01 * turn,
          coverage: 0.5,
          shape: 0.9,
          modes: { hit: 6 + turn, of: 8, near: 0.5 },
        },
        rowsPerSecond: 12_345.678,
      })),
    ).flat(),
    { type: "out", racer: 2, message: "Training diverged." },
    { type: "over" },
  ];
  const config = {
    racers: [...racers, ddgan],
    seed: 11,
    budget: { unit: "steps", amount: 300 },
    dataset,
    ...more,
  } as const;
  return { lab, race: events.reduce(foldRace, starting(config)) };
}

it("carries every racer that was judged: setup, trilemma, curves and replay, within a link's length", async () => {
  const { lab, race } = raced("ring");
  const { hash, result } = await linkOf(raceResultOf(lab, race)!, true);
  expect(hash.length).toBeLessThanOrEqual(longestReplay);
  expect((await linkOf(raceResultOf(lab, race)!, false)).hash.length).toBeLessThanOrEqual(longestPlain);
  const { result: read } = await readResult(await writeResult(result));
  expect(read.runs.map(({ setup }) => setup.model)).toEqual(["gan", "vae", "ddgan"]);
  expect(read.runs.map(({ setup }) => setup.seed)).toEqual([11, 11, 11]);
  expect(read.runs[2]!.setup.settings).toEqual({ steps: 2 });
  expect(read.runs.map(({ trilemma }) => trilemma)).toEqual([
    { quality: 0.1, coverage: 0.5, rowsPerSecond: 12_350 },
    { quality: 0.2, coverage: 0.5, rowsPerSecond: 12_350 },
    { quality: 0.4, coverage: 0.5, rowsPerSecond: 12_350 },
  ]);
  for (const { distance, step, losses, looks } of read.runs) {
    expect([distance, step]).toEqual([0.01234, 300]);
    expect(losses.curves.length).toBeGreaterThan(0);
    expect(looks.length).toBeGreaterThan(1);
  }
  expect(markdownOf(read)).toContain("|  | GAN | VAE | DDGAN, T = 2 |");
  expect(markdownOf(read)).toMatch(/\| Not told apart \(C2ST\) \| 0.1 \| 0.2 \| 0.4 \|/);
});

it("carries the figures' spread over seeds, and both of its budgets", async () => {
  const most = { unit: "seconds", amount: 30 } as const;
  const { lab, race } = raced("ring", { seeds: 3, most });
  const { result: read } = await readResult(
    await writeResult((await linkOf(raceResultOf(lab, race)!, true)).result),
  );
  expect(read.race).toEqual({ seeds: 3, most });
  // Means, as the race's own scoreboard has them, and sample deviations of 0, 0.01 and 0.02.
  expect(read.runs.map(({ trilemma }) => trilemma?.quality)).toEqual([0.11, 0.21, 0.41]);
  for (const { spread, raced: others } of read.runs) {
    expect(spread).toEqual({ quality: 0.01, shape: 0, distance: 0, coverage: 0, modes: 1, rowsPerSecond: 0 });
    expect(others).toEqual({ shape: 0.9, modes: { hit: 7, of: 8 } });
  }
  const table = markdownOf(read);
  expect(table).toContain("| Budget | 300 steps, at most 30 seconds |");
  expect(table).toContain("| Seed | 11 to 13 |");
  expect(table).toMatch(/\| Not told apart \(C2ST\) \| 0.11 ± 0.01 \|/);
  expect(table).toContain("| Modes hit | 7 of 8 ± 1 |");
});

it("of before races had seeds is read as it was, and what no page could have written is refused", async () => {
  const { lab, race } = raced("ring", { seeds: 3 });
  const document = documentOf(raceResultOf(lab, race)!);
  const later = ["race", "raced", "spread"];
  const old = JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (later.includes(key) ? undefined : value)),
  ) as typeof document;
  const read = readDocument(JSON.stringify(old));
  expect(read).toEqual({ ...old, runs: expect.anything() });
  expect(read.runs.map(({ step }) => step)).toEqual([300, 300, 300]);
  for (const wrong of [{ seeds: 0 }, { seeds: 1e9 }, { seeds: 3, most: { unit: "years", amount: 1 } }])
    expect(() => readDocument(JSON.stringify({ ...document, race: wrong }))).toThrow(ShareRefusal);
  const [run] = document.runs;
  for (const spread of [{ quality: -1 }, { quality: "<b>" }])
    expect(() => readDocument(JSON.stringify({ ...document, runs: [{ ...run, spread }] }))).toThrow(
      ShareRefusal,
    );
});

it("tells no name of a private table", async () => {
  const { lab, race } = raced("own");
  const text = JSON.stringify(raceResultOf(lab, race));
  for (const secret of ["secret-x", "secret-y", "Sesame"]) expect(text).not.toContain(secret);
});

it("is nothing before a racer is judged", () => {
  const { lab, race } = raced("ring");
  expect(raceResultOf(lab, noRace)).toBeUndefined();
  const unjudged = { ...race, racers: race.racers.map((racer) => ({ ...racer, figures: undefined })) };
  expect(raceResultOf(lab, unjudged)).toBeUndefined();
});
