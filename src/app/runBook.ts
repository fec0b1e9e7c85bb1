/**
 * The table of runs: each that has learned something is noted when it pauses, ends or gives way to another, and kept
 * on this device where that was ticked. What cuts a run off there, a reload or a crash, finds it again as it was last
 * kept: the newest checkpoint, the way to its rows, and what the page had drawn of it.
 */
import type { StoreApi } from "zustand/vanilla";
import { ofMany, t } from "../language/words.ts";
import type { AnalysisEvent } from "../protocol/analysis.ts";
import type { KeptRun } from "../protocol/port.ts";
import type { RunActions, TableCheck } from "../store/actions.ts";
import { modelName } from "../store/fold.ts";
import { friendlyName, noted, type RunRecord, type RunsState } from "../store/runs.ts";
import type { LabState } from "../store/state.ts";
import type { Desk } from "./desk.ts";
import { remember, remembered, type Memory, type Unfinished } from "./memory.ts";
import type { Runs } from "./runs.ts";
import type { Tables } from "./tables.ts";

/** Bytes of files, and of a checkpoint, that are kept; more would make every second a long write. */
const mostFileBytes = 50_000_000;
const mostWeightBytes = 64_000_000;

export interface RunBook extends RunActions {
  /** Resolves when it is known whether a run is waiting to be gone on with. */
  readonly ready: Promise<void>;
  /** A checkpoint came, or a table. */
  heard(event: AnalysisEvent): void;
}

export function openRunBook(
  store: StoreApi<LabState>,
  desk: Desk,
  {
    runs,
    tables,
    showPacked,
  }: { readonly runs: Runs; readonly tables: Tables; showPacked(packed: string): void },
): RunBook {
  const { get, patch, lines } = desk;
  let memory: Memory | undefined;
  let waiting: Unfinished | undefined;
  /** It goes on as soon as its table is prepared; `check` tells whether a table that was brought is the one. */
  let awaited: { readonly run: Unfinished; readonly check?: TableCheck } | undefined;
  /** Ids of the runs of this page, by their numbers. */
  const ids = new Map<number, { readonly id: string; readonly began: number }>();
  /** What is written is written in order. */
  let writing: Promise<unknown> = Promise.resolve();
  let checkpointUnderWay = false;

  const change = (to: Partial<RunsState>): void => patch({ runs: { ...get().runs, ...to } });

  /** Resolves once it is written, or has failed and that was said; at once where nothing is kept. */
  async function write(work: (to: Memory) => Promise<unknown>): Promise<void> {
    const to = memory;
    if (to === undefined) return;
    const written = writing.then(() => work(to)).then(() => undefined, failed);
    writing = written;
    await written;
  }

  function failed(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    change({
      said: t`The browser could not keep this on the device (${why}). What is on this page stays until it is closed.`,
    });
  }

  // ---- noting ---------------------------------------------------------------

  store.subscribe((state, before) => {
    const { training, phase } = state;
    if (training.run !== before.training.run) {
      void note(before);
      // Whoever ends a run by hand has no use for the rest of it.
      if (awaited === undefined && waiting === undefined && before.training.startedFrom !== undefined)
        void write((to) => to.setUnfinished(undefined));
    } else if (
      (phase === "finished" && before.phase !== phase) ||
      (phase === "paused" && before.phase === "training")
    )
      void note(state);
  });

  async function note(state: LabState): Promise<void> {
    const { training, backend, data, runs: kept } = state;
    const setup = training.startedFrom;
    if (setup === undefined || data.summary === undefined) return;
    const known = ids.get(training.run) ?? { id: crypto.randomUUID(), began: Date.now() };
    ids.set(training.run, known);
    const { resultOf, packedForFile } = await import("../share/resultOf.ts");
    const result = resultOf(state, { names: true, categories: true });
    if (result === undefined) return;
    const packed = await packedForFile(result);
    const run = result.runs[0]!;
    const old = get().runs.records.find(({ id }) => id === known.id);
    const names = [...kept.records, ...get().runs.records].map(({ name }) => name);
    const record: RunRecord = {
      ...known,
      name: old?.name ?? friendlyName(names, known.began),
      pinned: old?.pinned ?? false,
      table: data.summary.name,
      setup,
      step: training.step,
      elapsed: training.elapsed,
      backend: backend?.name,
      ...(run.distance !== undefined && { distance: run.distance }),
      ...(training.best && { best: training.best }),
      losses: run.losses,
      packed,
    };
    change({ records: noted(get().runs.records, record) });
    void write((to) => to.put(record));
  }

  function alter(id: string, to: Partial<Pick<RunRecord, "name" | "pinned">>): void {
    const record = get().runs.records.find((each) => each.id === id);
    if (record === undefined) return;
    const altered = { ...record, ...to };
    change({ records: noted(get().runs.records, altered), said: "" });
    void write((memory) => memory.put(altered));
  }

  // ---- what is kept -----------------------------------------------------------

  const found = (async (): Promise<void> => {
    const opened = await remembered();
    if (opened === undefined) return;
    const [records, run] = await Promise.all([opened.runs(), opened.unfinished()]);
    memory = opened;
    lines.analysis({ type: "remember", on: true });
    waiting = run;
    const mine = get().runs.records;
    change({
      remembered: true,
      records: [...mine, ...records.filter(({ id }) => !mine.some((each) => each.id === id))],
      unfinished: run && {
        model: modelName(run.setup.model),
        table: run.table,
        step: run.kept.checkpoint.step,
        needsFile: run.source === undefined,
      },
    });
  })().catch(failed);

  async function begin(): Promise<void> {
    // Ticked at once, and no longer where the browser won't.
    change({ remembered: true, said: "" });
    try {
      memory = await remember();
    } catch (error) {
      change({ remembered: false });
      throw error;
    }
    lines.analysis({ type: "remember", on: true });
    for (const record of get().runs.records) void write((to) => to.put(record));
    change({ said: t`Runs are kept on this device from now on.` });
  }

  function end(also: Partial<RunsState>): void {
    change({ remembered: false });
    const old = memory;
    memory = undefined;
    waiting = undefined;
    lines.analysis({ type: "remember", on: false });
    writing = writing
      .then(async () => (old ?? (await remembered()))?.forget())
      .then(() => change({ unfinished: undefined, ...also }))
      .catch(failed);
  }

  async function keepCheckpoint(kept: KeptRun): Promise<void> {
    const { training, data } = get();
    const setup = training.startedFrom;
    if (
      memory === undefined ||
      setup === undefined ||
      kept.run !== training.run ||
      data.summary === undefined
    )
      return;
    // One that offers to be gone on with stays until that is decided.
    if (waiting !== undefined) return;
    if (kept.finished) return write((to) => to.setUnfinished(undefined));
    if (checkpointUnderWay) return;
    const weights = kept.checkpoint.parts.flatMap(({ values }) => values);
    if (weights.reduce((sum, { byteLength }) => sum + byteLength, 0) > mostWeightBytes) return;
    const { summary } = data;
    const source = tables.source;
    const small =
      source?.kind !== "files" || source.files.reduce((sum, { size }) => sum + size, 0) <= mostFileBytes;
    const { losses, scores, replay, objectives, nets, elapsed } = training;
    checkpointUnderWay = true;
    try {
      // All of it in its turn: what ends the run, or is forgotten, while this waits comes after it.
      await write(async (to) => {
        const print = small
          ? undefined
          : await (await import("../share/fingerprint.ts")).fingerprintOf(summary);
        await to.setUnfinished({
          setup,
          table: summary.name,
          ...(small && source !== undefined && { source }),
          ...(print && { print }),
          kept,
          training: { losses, scores, replay, objectives, nets, elapsed },
        });
      });
    } finally {
      checkpointUnderWay = false;
    }
  }

  // ---- going on ---------------------------------------------------------------

  function goOn(run: Unfinished): void {
    waiting = undefined;
    awaited = undefined;
    change({ unfinished: undefined });
    runs.goOn(run);
  }

  async function judge({ run, check }: NonNullable<typeof awaited>): Promise<void> {
    const { summary } = get().data;
    if (check === undefined || summary === undefined) return goOn(run);
    const same = await check(summary);
    if (get().data.summary !== summary) return;
    if (same !== false) return goOn(run);
    awaited = undefined;
    patch({
      alert: {
        message: t`This table's columns are not those of the unfinished run. Open the same file to go on with it.`,
        detail: "",
      },
    });
  }

  return {
    ready: found,
    rename: (id, name) => alter(id, { name: name.trim().slice(0, 60) || t`unnamed run` }),
    pin: (id, pinned) => alter(id, { pinned }),
    drop(id) {
      const { records } = get().runs;
      const gone = records.find((each) => each.id === id);
      change({
        records: records.filter((each) => each.id !== id),
        said: gone === undefined ? "" : t`${gone.name} is deleted.`,
      });
      void write((to) => to.drop(id));
    },
    open(id) {
      const record = get().runs.records.find((each) => each.id === id);
      if (record !== undefined) showPacked(record.packed);
    },
    setRemembered(on) {
      if (on) void begin().catch(failed);
      else
        end({
          said: t`What was kept on this device is deleted. The runs below stay until this page is closed.`,
        });
    },
    forget() {
      const { records, unfinished } = get().runs;
      const many = `${records.length} ${ofMany(records.length, "run")}${unfinished ? t` and an unfinished one` : ""}`;
      ids.clear();
      end({
        records: [],
        said: t`Everything is forgotten: ${many}. Nothing of them is left on this device, and nothing more is kept.`,
      });
    },
    resume(files) {
      const run = waiting;
      if (run === undefined) return;
      const source = files === undefined ? run.source : ({ kind: "files", files } as const);
      if (source === undefined) return;
      const { print } = run;
      awaited = {
        run,
        ...(print &&
          files && {
            check: async (summary) => (await import("../share/fingerprint.ts")).matches(summary, print),
          }),
      };
      if (run.setup.dataset === "own") tables.openOwn(source, run.setup);
      else tables.open(source, run.setup);
    },
    discard() {
      waiting = undefined;
      change({ unfinished: undefined });
      void write((to) => to.setUnfinished(undefined));
    },
    heard(event) {
      if (event.type === "checkpoint") void keepCheckpoint(event.kept).catch(failed);
      else if (event.type === "prepared" && awaited !== undefined) void judge(awaited).catch(failed);
      else if (event.type === "refused" || event.type === "cancelled" || event.type === "unprepared")
        awaited = undefined;
    },
  };
}
