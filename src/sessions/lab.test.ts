/** Both sessions joined as the workers join them, without workers: the page's whole story on plain JavaScript. */
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../engine/backends.ts";
import { engineMemory } from "../engine/memory.ts";
import type { Decoder } from "../onnx/decoder.ts";
import type { AnalysisCommand, AnalysisEvent, DataSource } from "../protocol/analysis.ts";
import type { RunConfig } from "../protocol/run.ts";
import type { TrainCommand, TrainEvent } from "../protocol/train.ts";
import { analysisSession } from "./analysis.ts";
import { tick, turnClock } from "./testing/turns.ts";
import { trainSession } from "./train.ts";

type Moments = Extract<AnalysisEvent, { type: "moments" }>;

/** The two sessions, what they said, and a way to wait for a word. */
function openLab() {
  const said: (AnalysisEvent | TrainEvent)[] = [];
  const ears = new Set<() => void>();
  const post = (event: AnalysisEvent | TrainEvent): void => {
    said.push(event);
    for (const ear of ears) ear();
    // A page that keeps up: a credit back for everything it was sent.
    if (event.type === "progress") queueMicrotask(() => train.handle({ type: "credit" }));
    if (event.type === "frame") queueMicrotask(() => analysis.handle({ type: "credit" }));
  };
  const host = { post, rest: tick, ...turnClock() };
  const analysis = analysisSession(host);
  const train = trainSession({
    ...host,
    log: () => {},
    openBackend: () => openBackend({ forced: "cpu", wasmPaths: "" }),
    turnTo: () => Promise.reject(new Error("There is no other.")),
  });
  const { port1, port2 } = new MessageChannel();
  analysis.handle({ type: "connect", port: port2 });
  train.handle({ type: "connect", port: port1 });
  return {
    said,
    analysis: (command: AnalysisCommand) => analysis.handle(command),
    train: (command: TrainCommand) => train.handle(command),
    /** The first event, said since `from`, that `fits`. */
    async hear<T extends AnalysisEvent | TrainEvent>(
      fits: (event: AnalysisEvent | TrainEvent) => event is T,
      from = 0,
    ): Promise<T> {
      for (;;) {
        const found = said.slice(from).find(fits);
        if (found !== undefined) return found as T;
        await new Promise<void>((resolve) => {
          const ear = (): void => {
            ears.delete(ear);
            resolve();
          };
          ears.add(ear);
        });
      }
    },
    close() {
      port1.close();
      port2.close();
    },
  };
}

type Said = AnalysisEvent | TrainEvent;
const is =
  <K extends Said["type"]>(type: K) =>
  (event: Said): event is Extract<Said, { type: K }> =>
    event.type === type;
const inState =
  (state: string) =>
  (event: Said): event is Extract<TrainEvent, { type: "state" }> =>
    event.type === "state" && event.state === state;

const options = {
  missingMarks: ["", "NA"],
  columns: {},
  holdout: 0.2,
  seed: 7,
  numeric: "quantile",
} as const;
const config = (change: Partial<RunConfig> = {}): RunConfig => ({
  model: "vae",
  settings: { hidden: [16], batch: 64 },
  seed: 3,
  budget: { unit: "steps", amount: 12 },
  speed: Infinity,
  ...change,
});

async function opened(source: DataSource, prepare: object = options) {
  const lab = openLab();
  lab.analysis({ type: "open", request: 1, source, options: { rowLimit: 100_000, seed: 1 } });
  await lab.hear(is("opened"));
  lab.analysis({ type: "prepare", data: 1, request: 1, options: { ...options, ...prepare } });
  return lab;
}

const csv = (cells: string): DataSource => ({ kind: "text", text: cells, name: "pasted.csv" });
const tableText = `id,age,city,note\n${Array.from(
  { length: 60 },
  (_, i) =>
    `${1000 + i},${i % 7 === 0 ? "NA" : 20 + ((i * 13) % 40)},${["Bern", "Genève", "Chur"][i % 3]},=SUM(A${i})`,
).join("\n")}`;

beforeAll(async () => {
  await openBackend({ forced: "cpu", wasmPaths: "" });
});

describe("the lab's two sessions", () => {
  it("export the model as it stands, with the settings that were changed since", async () => {
    const lab = await opened(csv(tableText));
    await lab.hear(is("prepared"));
    const ask = async (request: number) => {
      const from = lab.said.length;
      lab.analysis({ type: "download", request, rows: 1, seed: 1, escapeFormulas: false, model: "onnx" });
      return lab.hear(
        (event): event is Extract<Said, { type: "downloaded" | "undownloaded" }> =>
          event.type === "downloaded" || event.type === "undownloaded",
        from,
      );
    };
    expect(await ask(1)).toMatchObject({
      request: 1,
      message: "There is no trained model to export. Press Train first.",
    });

    const settings = { process: "edm", hidden: [8], samplingSteps: 20, batch: 16 };
    const start = { type: "start", data: 1, paused: false } as const;
    lab.train({ ...start, run: 1, config: config({ model: "diffusion", settings }) });
    await lab.hear(inState("finished"));
    lab.train({ type: "tune", key: "samplingSteps", value: 3 });
    const answer = await ask(2);
    if (answer.type !== "downloaded") throw new Error(answer.message);
    expect(answer).toMatchObject({ request: 2, name: "pasted-diffusion.zip" });
    const files = unzipSync(new Uint8Array(await answer.file.arrayBuffer()));
    expect(Object.keys(files)).toEqual(["model.onnx", "model.decoder.json"]);
    const decoder = JSON.parse(strFromU8(files["model.decoder.json"]!)) as Decoder;
    expect(decoder.columns.map(({ name }) => name)).toEqual(["age", "city"]);
    // Three steps draw the state of age and city by two numbers each.
    expect(decoder.inputs.find(({ name }) => name === "uniform")).toMatchObject({ width: 3 * 2 * 2 });

    const from = lab.said.length;
    lab.train({ ...start, run: 2, config: config({ model: "copula", settings: {} }) });
    await lab.hear(inState("finished"), from);
    expect(await ask(3)).toMatchObject({ message: expect.stringContaining("has no network") as string });
    lab.close();
  });

  it("open, train, draw and take away a built-in table", async () => {
    const lab = await opened({ kind: "builtin", id: "birds", seed: 1 });
    const prepared = await lab.hear(is("prepared"));
    expect(prepared.trainRows + prepared.holdoutRows).toBe(400);
    expect(prepared.views).toEqual(["pca", "umap", "pair", "columns", "rows", "inside", "quality", "helps"]);
    expect(prepared.summary.said).toMatch(/^Read 400 rows in .* s, on this device$/);

    lab.analysis({ type: "watch", views: ["pca", "columns", "rows", "pair"], pair: [0, 3] });
    lab.train({ type: "start", run: 1, data: 1, config: config(), paused: false });
    expect((await lab.hear(is("started"))).nets.length).toBeGreaterThan(0);
    const finished = await lab.hear(inState("finished"));
    expect(finished.step).toBe(12);
    const losses = lab.said.filter(is("progress")).flatMap(({ losses: { steps } }) => steps);
    expect(losses.at(-1)).toBe(12);
    expect(losses).toEqual([...new Set(losses)].sort((a, b) => a - b));

    const views = new Set<string>();
    while (views.size < 4) {
      const frame = await lab.hear(
        (event): event is Extract<Said, { type: "frame" }> =>
          event.type === "frame" && !views.has(event.frame.view),
      );
      views.add(frame.frame.view);
      if ("points" in frame.frame) expect(frame.frame.points.every((x) => !Number.isFinite(x))).toBe(false);
    }
    expect([...views].sort()).toEqual(["columns", "pair", "pca", "rows"]);

    lab.analysis({ type: "download", request: 1, rows: 50, seed: 9, escapeFormulas: false });
    const { file: blob, name } = await lab.hear(is("downloaded"));
    const lines = (await blob.text()).trimEnd().split("\n");
    expect(lines).toHaveLength(51);
    expect(lines[0]).toBe(
      prepared.summary.columns
        .filter((c) => c.include)
        .map((c) => c.name)
        .join(","),
    );
    expect(name).toBe("island-birds-synthetic-50.csv");
    lab.close();
  });

  it("begin a run with the weights of the one before, show its rows too, and lend a saved run", async () => {
    const lab = await opened({ kind: "builtin", id: "moons", seed: 1 }, { numeric: "standard" });
    expect((await lab.hear(is("prepared"))).lastRun).toBeUndefined();
    lab.train({ type: "start", run: 1, data: 1, config: config(), paused: false });
    await lab.hear(inState("finished"));
    // What was kept goes by the channel, a person's next click takes longer.
    for (let i = 0; i < 20; i++) await tick();

    const next = lab.said.length;
    const source: DataSource = { kind: "builtin", id: "ring", seed: 1 };
    lab.analysis({ type: "open", request: 2, source, options: { rowLimit: 100_000, seed: 1 } });
    await lab.hear(is("opened"), next);
    lab.train({ type: "stop" });
    lab.analysis({ type: "prepare", data: 2, request: 2, options: { ...options, numeric: "standard" } });
    const prepared = await lab.hear(is("prepared"), next);
    expect(prepared.lastRun).toMatchObject({ model: "vae", step: 12, numeric: "standard", cloud: true });
    lab.analysis({ type: "watch", views: ["plane"], pair: [0, 1] });
    const alone = (await lab.hear(is("scene"), next)).scene;
    expect(alone).not.toHaveProperty("source");
    const shown = lab.said.length;
    lab.analysis({ type: "showSource", shown: true });
    const { scene } = await lab.hear(is("scene"), shown);
    if (scene.view !== "plane" || alone.view !== "plane") throw new Error("Another view came.");
    expect(scene.source!.length).toBe(2 * 1_500);
    expect(scene.real).toEqual(alone.real);

    // Told to start before it is lent: it waits.
    lab.train({ type: "start", run: 2, data: 2, config: config(), paused: false, origin: 5 });
    lab.analysis({ type: "lend", request: 5, from: "last" });
    const { carried } = await lab.hear(is("started"), next);
    expect(carried!.columns).toEqual(["x", "y"].map((name) => ({ name, matched: 1, of: 1 })));
    expect(carried!.weights).toBe(carried!.of);
    await lab.hear(inState("finished"), next);

    const asked = lab.said.length;
    lab.analysis({ type: "lend", request: 6, from: "file" });
    expect((await lab.hear(is("unlent"), asked)).message).toContain("Start from fresh weights.");
    lab.analysis({ type: "readRun", file: new File(["a,b\n1,2"], "table.csv") });
    expect((await lab.hear(is("runRefused"), asked)).message).toMatch(/^table\.csv is no saved run/u);

    // A run is saved as it stands, and read again it is whole.
    lab.analysis({ type: "download", request: 7, rows: 1, seed: 1, escapeFormulas: false, model: "run" });
    const saved = await lab.hear(is("downloaded"), asked);
    expect(saved.name).toBe("ring-of-8-vae.likeness.json");
    lab.analysis({ type: "readRun", file: new File([saved.file], saved.name) });
    const { run } = await lab.hear(is("runRead"), asked);
    expect(run).toMatchObject({ name: saved.name, model: "vae", step: 12, numeric: "standard" });
    const again = lab.said.length;
    lab.train({ type: "start", run: 3, data: 2, config: config(), paused: false, origin: 8 });
    lab.analysis({ type: "lend", request: 8, from: "file" });
    const from = (await lab.hear(is("started"), again)).carried!;
    expect(from.columns).toEqual(carried!.columns);
    expect(from.weights).toBeGreaterThan(0);
    await lab.hear(inState("finished"), again);

    // The same table prepared anew: the one before is still the one before, though there was a run on this one.
    for (let i = 0; i < 20; i++) await tick();
    lab.train({ type: "stop" });
    lab.analysis({ type: "prepare", data: 3, request: 2, options: { ...options, numeric: "minmax" } });
    expect((await lab.hear(is("prepared"), asked)).lastRun).toEqual(prepared.lastRun);
    lab.close();
  });

  it("give the same rows for the same seed, and other rows for another", async () => {
    const lab = await opened({ kind: "builtin", id: "birds", seed: 1 });
    await lab.hear(is("prepared"));
    const rowsOf = async (run: number, seed: number): Promise<string> => {
      const from = lab.said.length;
      lab.train({ type: "start", run, data: 1, config: config({ seed }), paused: false });
      await lab.hear(inState("finished"), from);
      lab.analysis({ type: "download", request: run, rows: 20, seed: 1, escapeFormulas: false });
      return (await lab.hear(is("downloaded"), from)).file.text();
    };
    const first = await rowsOf(1, 5);
    expect(await rowsOf(2, 5)).toBe(first);
    expect(await rowsOf(3, 6)).not.toBe(first);
    lab.close();
  });

  it("leave identifiers and prose out, say so, and take them in when asked", async () => {
    const lab = await opened(csv(tableText));
    const { summary, data } = await lab.hear(is("prepared"));
    const [id, age] = summary.columns;
    expect(id).toMatchObject({ name: "id", type: "identifier", include: false });
    expect(id!.reason).not.toBe("");
    expect(age).toMatchObject({ type: "number", include: true, missing: 9 });
    expect(data).toBe(1);
    const from = lab.said.length;
    lab.analysis({
      type: "prepare",
      data: 2,
      request: 1,
      options: { ...options, columns: { id: { include: true } } },
    });
    const again = await lab.hear(is("prepared"), from);
    expect(again.summary.columns[0]!.include).toBe(true);
    lab.close();
  });

  it("step one objective at a time, resume, and stop", async () => {
    const lab = await opened({ kind: "builtin", id: "ring", seed: 1 }, { numeric: "standard" });
    await lab.hear(is("prepared"));
    const gan = config({ model: "gan", budget: { unit: "steps", amount: 5 } });
    lab.train({ type: "start", run: 1, data: 1, config: gan, paused: true });
    await lab.hear(inState("paused"));
    let from = lab.said.length;
    lab.train({ type: "step", objective: "discriminator" });
    const progress = await lab.hear(is("progress"), from);
    expect(progress.step).toBe(1);
    expect(progress.losses.values["discriminator"]![0]).toBeTypeOf("number");
    expect(progress.losses.values["generator"]![0]).toBeNaN();
    from = lab.said.length;
    lab.train({ type: "resume" });
    expect((await lab.hear(inState("finished"), from)).step).toBe(5);
    // Another start retires this run; its weights are gone and nothing leaks.
    from = lab.said.length;
    lab.train({ type: "start", run: 2, data: 1, config: gan, paused: true });
    await lab.hear(inState("paused"), from);
    const held = engineMemory().tensors;
    from = lab.said.length;
    lab.train({ type: "start", run: 3, data: 1, config: gan, paused: true });
    await lab.hear(inState("paused"), from);
    expect(engineMemory().tensors).toBe(held);
    lab.close();
  });

  it("give a table back between the marks that it came with", async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i % 9},5;${["a", "b"][i % 2]}`);
    const lab = await opened(csv(`menge;art\n${lines.join("\n")}\n`));
    await lab.hear(is("prepared"));
    lab.train({ type: "start", run: 1, data: 1, config: config({ model: "independent" }), paused: false });
    await lab.hear(inState("finished"));
    lab.analysis({ type: "download", request: 1, rows: 5, seed: 1, escapeFormulas: false });
    const text = await (await lab.hear(is("downloaded"))).file.text();
    expect(text).toMatch(/^menge;art\n(\d,5;[ab]\n){5}$/);
    lab.close();
  });

  it.each([
    ["diffusion", /^60 synthetic rows written: [^.]*\.$/],
    ["independent", /^60 synthetic rows written: .* Picked from [\d,]+ rows that the model drew\.$/],
  ] as const)("make rows with conditions by %s", async (model, words) => {
    const settings = model === "diffusion" ? { hidden: [16], batch: 64 } : {};
    const lab = await opened(csv(tableText));
    await lab.hear(is("prepared"));
    lab.train({ type: "start", run: 1, data: 1, config: config({ model, settings }), paused: false });
    await lab.hear(inState("finished"));
    lab.analysis({
      type: "download",
      request: 1,
      rows: 60,
      seed: 1,
      escapeFormulas: false,
      conditions: [
        { kind: "share", column: "city", value: "Chur", share: 0.5 },
        { kind: "share", column: "city", value: "Bern", share: 0.5 },
        { kind: "range", column: "age", from: "30", to: "44" },
      ],
    });
    const { file: blob, note } = await lab.hear(is("downloaded"));
    expect(note.replace(/ Left out.*$/, "")).toMatch(words);
    const rows = (await blob.text()).trimEnd().split("\n").slice(1).map((line) => line.split(",")); // prettier-ignore
    expect(rows).toHaveLength(60);
    for (const city of ["Chur", "Bern"]) expect(rows.filter((row) => row[1] === city)).toHaveLength(30);
    for (const [age] of rows) {
      expect(Number(age)).toBeGreaterThanOrEqual(30);
      expect(Number(age)).toBeLessThanOrEqual(44);
    }
    const from = lab.said.length;
    const impossible = { kind: "range", column: "age", from: "200" } as const;
    lab.analysis({ type: "download", request: 2, rows: 5, seed: 1, escapeFormulas: false, conditions: [impossible] }); // prettier-ignore
    expect((await lab.hear(is("undownloaded"), from)).message).toMatch(/No training row has "age" from 200/);
    lab.close();
  });

  it("fill a table's gaps and leave every other cell as it was", async () => {
    const lab = await opened(csv(tableText));
    await lab.hear(is("prepared"));
    const settings = { hidden: [16], batch: 64 };
    lab.train({ type: "start", run: 1, data: 1, config: config({ model: "diffusion", settings }), paused: false }); // prettier-ignore
    await lab.hear(inState("finished"));
    const fill = { type: "download", rows: 1, seed: 1, escapeFormulas: false, fill: true } as const;
    lab.analysis({ ...fill, request: 1 });
    const { file: blob, name, note } = await lab.hear(is("downloaded"));
    expect(name).toBe("pasted-filled.csv");
    expect(note).toBe("9 gaps in 9 rows filled; every other cell is as it was.");
    const [were, are] = [tableText, (await blob.text()).trimEnd()].map((text) => text.split("\n"));
    expect(are).toHaveLength(were!.length);
    are!.forEach((line, i) => {
      if (were![i]!.includes(",NA,")) expect(line).toMatch(/^\d+,\d\d,[\p{L}]+,=SUM/u);
      else expect(line).toBe(were![i]);
    });
    // Where only whole rows can be drawn, that is said.
    let from = lab.said.length;
    lab.train({ type: "start", run: 2, data: 1, config: config({ model: "independent" }), paused: false });
    await lab.hear(inState("finished"), from);
    from = lab.said.length;
    lab.analysis({ ...fill, request: 2 });
    expect((await lab.hear(is("undownloaded"), from)).message).toMatch(/can't fill gaps/);
    lab.close();
  });

  it("go back to the step whose rows were nearest to the holdout", async () => {
    const lab = await opened({ kind: "builtin", id: "birds", seed: 1 });
    await lab.hear(is("prepared"));
    lab.analysis({ type: "watch", views: ["pca"], pair: [0, 1] });
    const budget = { unit: "steps", amount: 40 } as const;
    lab.train({ type: "start", run: 1, data: 1, config: config({ budget, speed: 200 }), paused: false });
    const best = await lab.hear(is("best"));
    expect(best.step).toBeGreaterThan(0);
    const { distance } = await lab.hear(is("scored"));
    expect(distance).toBeGreaterThan(-0.05);
    expect(distance).toBeLessThan(1);
    await lab.hear(inState("finished"));
    const newest = lab.said.findLast(is("best"))!;
    const from = lab.said.length;
    lab.analysis({ type: "goBack" });
    const back = await lab.hear(is("returned"), from);
    expect(back.step).toBe(newest.step);
    expect((await lab.hear(inState("paused"), from)).step).toBe(newest.step);
    // Its weights are those that were scored: they draw the same rows, which lie as far off.
    const again = await lab.hear(is("scored"), from);
    expect(again.step).toBe(newest.step);
    expect(again.distance).toBeCloseTo(newest.distance, 9);
    // And it learns on from there.
    lab.train({ type: "resume" });
    expect((await lab.hear(inState("finished"), from)).step).toBe(40);
    lab.close();
  });

  it("go back to other steps whose weights are held, and forget a best step that came after", async () => {
    const lab = await opened({ kind: "builtin", id: "birds", seed: 1 });
    await lab.hear(is("prepared"));
    lab.analysis({ type: "watch", views: ["pca"], pair: [0, 1] });
    const budget = { unit: "steps", amount: 60 } as const;
    lab.train({ type: "start", run: 1, data: 1, config: config({ budget, speed: 10 }), paused: false });
    await lab.hear(inState("finished"));
    await lab.hear((event): event is Moments => event.type === "moments" && event.steps.length > 1);
    for (let turn = 0; turn < 20; turn++) await tick(); // the last of them is on its way
    const { steps } = lab.said.findLast(is("moments"))!;
    expect(steps.length).toBeGreaterThan(1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    const from = lab.said.length;
    lab.analysis({ type: "goBack", step: steps[0]! });
    expect((await lab.hear(is("returned"), from)).step).toBe(steps[0]);
    await lab.hear(inState("paused"), from);
    await lab.hear(is("moments"), from);
    expect(lab.said.findLast(is("moments"))!.steps).toEqual([steps[0]]);
    const then = lab.said.length;
    lab.analysis({ type: "goBack", step: steps.at(-1)! });
    lab.analysis({ type: "goBack", step: 12_345 });
    lab.train({ type: "resume" });
    await lab.hear(inState("finished"), then);
    expect(lab.said.slice(then).some(is("returned"))).toBe(false);
    lab.close();
  });

  it("say why a file was refused and keep the table", async () => {
    const lab = await opened({ kind: "builtin", id: "birds", seed: 1 });
    await lab.hear(is("prepared"));
    lab.analysis({ type: "open", request: 2, source: csv(""), options: { rowLimit: 10, seed: 1 } });
    const refused = await lab.hear(is("refused"));
    expect(refused.message).toMatch(/empty/i);
    const from = lab.said.length;
    lab.train({
      type: "start",
      run: 1,
      data: 1,
      config: config({ budget: { unit: "steps", amount: 1 } }),
      paused: false,
    });
    expect((await lab.hear(inState("finished"), from)).step).toBe(1);
    lab.close();
  });

  it("say that there is nothing to draw from before training", async () => {
    const lab = await opened({ kind: "builtin", id: "birds", seed: 1 });
    await lab.hear(is("prepared"));
    lab.analysis({ type: "download", request: 1, rows: 5, seed: 1, escapeFormulas: false });
    expect((await lab.hear(is("undownloaded"))).message).toMatch(/Train/);
    lab.analysis({ type: "download", request: 2, rows: 0, seed: 1, escapeFormulas: false });
    lab.close();
  });

  it("show pictures for image data", async () => {
    const lab = await opened({ kind: "builtin", id: "glyphs", seed: 1 }, { numeric: "minmax" });
    const { views, width } = await lab.hear(is("prepared"));
    expect(views[0]).toBe("images");
    expect(width).toBe(784);
    lab.analysis({ type: "watch", views: ["images"], pair: [0, 1] });
    const { scene } = await lab.hear(is("scene"));
    expect(scene.view === "images" && scene.pixels.length).toBe(64 * 784);
    lab.close();
  });

  it("say when no column is left to learn from", async () => {
    const lab = await opened(csv(`id\n${Array.from({ length: 12 }, (_, row) => row + 1).join("\n")}\n`));
    expect((await lab.hear(is("unprepared"))).message).toMatch(/column/);
    lab.close();
  });
});
