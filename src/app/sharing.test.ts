/** What is shared of a private table, from the file to the link, through both sessions as they are: nothing that was planted comes out. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Listeners } from "../bridge/lines.ts";
import { openBackend } from "../engine/backends.ts";
import type { ModelId } from "../catalog/card.ts";
import type { AnalysisCommand } from "../protocol/analysis.ts";
import type { TrainCommand } from "../protocol/train.ts";
import { analysisSession } from "../sessions/analysis.ts";
import { tick, turnClock, until } from "../sessions/testing/turns.ts";
import { trainSession } from "../sessions/train.ts";
import { matches } from "../share/fingerprint.ts";
import { fingerprintOf } from "../share/fingerprint.ts";
import { resultIn } from "../share/link.ts";
import { unpack } from "../share/pack.ts";
import { linkOf, packedForFile, resultOf, type Ticks } from "../share/resultOf.ts";
import { readResult } from "../share/resultText.ts";
import { setupFor } from "../store/setup.ts";
import { conduct, type Conductor } from "./conductor.ts";

/** The page without a page: both sessions on this thread. */
function openLab(): Conductor {
  const host = { rest: tick, ...turnClock() };
  return conduct({
    setup: setupFor("moons"),
    faults: [],
    autoTrain: false,
    forcedBackend: "cpu",
    openLines: ({ onTrain, onAnalysis }: Listeners) => {
      const later =
        <E>(hear: (event: E) => void) =>
        (event: E) =>
          queueMicrotask(() => hear(event));
      const analysis = analysisSession({ ...host, post: later(onAnalysis) });
      const train = trainSession({
        ...host,
        post: later(onTrain),
        log: () => {},
        openBackend: () => openBackend({ forced: "cpu", wasmPaths: "" }),
        turnTo: () => Promise.reject(new Error("There is no other.")),
      });
      const { port1, port2 } = new MessageChannel();
      ports.push(port1, port2);
      analysis.handle({ type: "connect", port: port2 });
      train.handle({ type: "connect", port: port1 });
      return {
        train: (command: TrainCommand) => train.handle(command),
        analysis: (command: AnalysisCommand) => analysis.handle(command),
        experiment: () => undefined,
        restartTrain: () => undefined,
        lendRows: () => undefined,
      };
    },
  });
}
const ports: MessagePort[] = [];

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 0));
});
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  vi.unstubAllGlobals();
});

/** Everything about this table is findable: names, categories, the one category, values, marks, the file. */
const planted = {
  names: ["Zaphod-colonne", "quux_weight", "Ünïque <b>name</b>"],
  categories: ["kappa-cat-one", "kappa-cat-two", "kappa-rare-7781"],
  numbers: ["48213.77", "90210.5", "-77313.125"],
  marks: ["N0T-H3RE"],
  file: "plantedfile",
};
function plantedCsv(): string {
  const rows = Array.from({ length: 160 }, (_, i) => {
    const kind = i === 17 ? planted.categories[2] : planted.categories[i % 2];
    const weight =
      i === 3 ? planted.numbers[0] : i === 5 ? planted.numbers[1] : (40 + ((i * 7) % 23)).toFixed(1);
    const third = i === 9 ? planted.numbers[2] : i === 11 ? planted.marks[0] : String((i * 31) % 57);
    return `${kind},${weight},${third}`;
  });
  return `${planted.names.map((name) => `"${name}"`).join(",")}\n${rows.join("\n")}\n`;
}
const secrets = [...planted.names, ...planted.categories, ...planted.numbers, ...planted.marks, planted.file];

async function trainedOn(model: ModelId): Promise<Conductor> {
  const lab = openLab();
  await until(() => lab.store.getState().phase === "ready");
  const { actions, store } = lab;
  actions.setModel(model);
  actions.setBudget({ unit: "steps", amount: 12 });
  actions.setMissingMarks([...setupFor("own").missingMarks, planted.marks[0]!]);
  await until(() => store.getState().phase === "ready");
  actions.watch(["columns"]);
  actions.openText(plantedCsv(), planted.file);
  await until(() => store.getState().setup.dataset === "own" && store.getState().phase === "ready");
  actions.train();
  await until(
    () => store.getState().phase === "finished" && store.getState().stage.frames.columns !== undefined,
  );
  return lab;
}

/** All text and all numbers that come out of a link, as somebody would search it. */
async function searched(packed: string): Promise<string> {
  const bytes = new TextDecoder("utf-8").decode(await unpack(packed));
  const { result } = await readResult(packed);
  const seen = JSON.stringify(result, (_, value: unknown) =>
    value instanceof Float32Array || value instanceof Uint8Array ? [...value] : value,
  );
  return `${bytes}\n${seen}\n${decodeURIComponent(seen.replaceAll(/%(?![0-9a-f]{2})/giu, "%25"))}`;
}
const found = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret));

const closed: Ticks = { names: false, categories: false, replay: true };

describe("what is shared of a person's own table", () => {
  it("holds none of its names, categories, values, marks or its file's name", async () => {
    const { store } = await trainedOn("vae");
    const summary = store.getState().data.summary!;
    const fingerprint = await fingerprintOf(summary);
    const result = resultOf(store.getState(), closed, fingerprint)!;
    expect(result.table).toMatchObject({ rows: 160, width: 3 });
    expect(result.runs[0]!.looks.length).toBeGreaterThan(0);
    for (const replay of [true, false]) {
      const text = await searched(resultIn((await linkOf(result, replay)).hash)!);
      expect(found(text)).toEqual([]);
      expect(text).not.toMatch(/48213|90210|77313/u);
    }
    const file = await searched(await packedForFile(result));
    expect(found(file)).toEqual([]);

    // Of real rows no cell stands for fewer than five, and no scale makes values of what there is.
    expect(result.scene?.x.range).toBeUndefined();
    const names = await searched(
      resultIn((await linkOf(resultOf(store.getState(), { ...closed, names: true })!, false)).hash)!,
    );
    expect(found(names)).toEqual(planted.names);
    // A category that one row has stays out even where categories are told.
    const all = await searched(
      resultIn(
        (await linkOf(resultOf(store.getState(), { ...closed, names: true, categories: true })!, false)).hash,
      )!,
    );
    expect(found(all)).toEqual([...planted.names, ...planted.categories.slice(0, 2), ...planted.marks]);

    // The fingerprint knows the table, and neither another one nor, without its salt, itself.
    expect(await matches(summary, fingerprint!)).toBe(true);
    const columns = summary.columns.map((column, i) => (i === 1 ? { ...column, name: "weight" } : column));
    expect(await matches({ columns }, fingerprint!)).toBe(false);
    expect((await fingerprintOf(summary))!.print).not.toBe(fingerprint!.print);
  });

  it("shows no points where the model's rows are the real ones", async () => {
    const { store } = await trainedOn("copy");
    const result = resultOf(store.getState(), closed)!;
    expect(result.runs[0]!.looks).toEqual([]);
    expect(found(await searched(resultIn((await linkOf(result, true)).hash)!))).toEqual([]);
  });
});
