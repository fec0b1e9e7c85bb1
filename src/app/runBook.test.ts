/** What is kept of runs and when, with a memory that writes as slowly as a test wants. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Lines } from "../bridge/lines.ts";
import type { DataSource, TableSummary } from "../protocol/analysis.ts";
import type { KeptRun } from "../protocol/port.ts";
import { initialState } from "../store/fold.ts";
import { setupFor } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import { openDesk } from "./desk.ts";
import type { Memory, Unfinished } from "./memory.ts";
import { openRunBook } from "./runBook.ts";
import type { Runs } from "./runs.ts";
import type { Tables } from "./tables.ts";

const device = vi.hoisted(() => ({
  /** What is kept; undefined where nothing is. */
  kept: undefined as { unfinished: unknown } | undefined,
  /** The next write of a run waits for it. */
  gate: Promise.resolve() as Promise<unknown>,
  fails: false,
}));
vi.mock("./memory.ts", () => {
  const open = async (): Promise<Memory> => {
    const here = (device.kept ??= { unfinished: undefined });
    return {
      runs: async () => [],
      put: async () => undefined,
      drop: async () => undefined,
      unfinished: async () => here.unfinished as Unfinished | undefined,
      async setUnfinished(run) {
        await device.gate;
        if (device.fails) throw new Error("the disk is full");
        here.unfinished = run;
      },
      async forget() {
        if (device.kept === here) device.kept = undefined;
      },
    };
  };
  return { remember: open, remembered: async () => device.kept && open() };
});

const keptStep = (): number | undefined =>
  (device.kept?.unfinished as Unfinished | undefined)?.kept.checkpoint.step;
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const column = (name: string) => ({ name, type: "number", inferred: "number" }) as never;
const summary: TableSummary = {
  name: "mine.csv",
  rows: 400,
  rowsRead: 400,
  columns: [column("a"), column("b")],
  preview: [],
  said: "",
  issues: [],
};
const files = (size: number): DataSource => ({ kind: "files", files: [{ name: "mine.csv", size } as File] });
const checkpoint = (step: number, finished = false): KeptRun => ({
  run: 1,
  data: 1,
  checkpoint: { step, parts: [] } as never,
  config: { model: "vae", settings: {} },
  fitted: {},
  elapsed: 100,
  finished,
  laps: [],
  losses: { steps: [], values: {} },
});

function open({ source = files(1_000) }: { readonly source?: DataSource } = {}) {
  const setup = { ...setupFor("own"), model: "vae" } as const;
  const start = initialState(setup);
  const store = createStore<LabState>(() => ({
    ...start,
    data: { ...start.data, status: "ready", summary },
    training: { ...start.training, run: 1, startedFrom: setup },
  }));
  const told: unknown[] = [];
  const lines = { analysis: (command: unknown) => void told.push(command) } as unknown as Lines;
  const openOwn = vi.fn<Tables["openOwn"]>();
  const goOn = vi.fn<Runs["goOn"]>();
  const book = openRunBook(store, openDesk(store, lines), {
    runs: { goOn } as unknown as Runs,
    tables: { source, openOwn } as unknown as Tables,
    showPacked: () => undefined,
  });
  return {
    book,
    store,
    openOwn,
    goOn,
    keep: async (step: number, finished = false): Promise<void> => {
      book.heard({ type: "checkpoint", kept: checkpoint(step, finished) });
      await soon();
    },
    tick: async (on: boolean): Promise<void> => {
      book.setRemembered(on);
      await soon();
    },
    /** A table was opened, and is prepared. */
    prepared: (of: TableSummary): void => {
      store.setState(({ data }) => ({ data: { ...data, summary: of } }));
      book.heard({ type: "prepared" } as never);
    },
  };
}

/** Until then writes wait. */
function shut(): () => void {
  let open = (): void => {};
  device.gate = new Promise<void>((resolve) => (open = resolve));
  return () => open();
}

beforeEach(() => {
  device.kept = undefined;
  device.gate = Promise.resolve();
  device.fails = false;
});

describe("checkpoints of the run under way", () => {
  it("are kept only while that is ticked, one at a time, the newest that finds room", async () => {
    const { keep, tick } = open();
    await keep(1);
    expect(device.kept).toBeUndefined();
    await tick(true);
    const go = shut();
    await keep(2);
    await keep(3); // one is being written
    go();
    await soon();
    expect(keptStep()).toBe(2);
    await keep(4);
    expect(keptStep()).toBe(4);
  });

  it.each([
    ["a small table", files(1_000)],
    ["one too large to be kept, whose columns are hashed first", files(60_000_000)],
  ])("are kept again where “remember” was unticked while one waited, of %s", async (_, source) => {
    const { keep, tick } = open({ source });
    await tick(true);
    const go = shut();
    await keep(2);
    await tick(false);
    go();
    await vi.waitFor(() => expect(device.kept).toBeUndefined());
    await tick(true);
    await keep(5);
    await vi.waitFor(() => expect(keptStep()).toBe(5));
  });

  it("are kept again after one that failed, which is said", async () => {
    const { keep, tick, store } = open();
    await tick(true);
    device.fails = true;
    await keep(2);
    expect(store.getState().runs.said).toContain("the disk is full");
    device.fails = false;
    await keep(3);
    expect(keptStep()).toBe(3);
  });

  it("are no longer there once the run has finished, even where one was being written", async () => {
    const { keep, tick } = open();
    await tick(true);
    const go = shut();
    await keep(2);
    await keep(3, true);
    go();
    await soon();
    expect(device.kept).toEqual({ unfinished: undefined });
  });
});

describe("a run on a table too large to be kept", () => {
  /** As a page finds it that was reloaded. */
  async function cutOff() {
    const before = open({ source: files(60_000_000) });
    await before.tick(true);
    await before.keep(70);
    await vi.waitFor(() => expect(keptStep()).toBe(70));
    const run = device.kept!.unfinished as Unfinished;
    expect(run.source).toBeUndefined();
    expect(JSON.stringify(run.print)).not.toContain("mine");
    const page = open();
    await page.book.ready;
    expect(page.store.getState().runs.unfinished).toMatchObject({ step: 70, needsFile: true });
    return page;
  }
  const again = [new File(["a,b"], "elsewhere.csv")];

  it("goes on when the same table is brought, and only with its file", async () => {
    const { book, openOwn, goOn, prepared } = await cutOff();
    book.resume();
    expect(openOwn).not.toHaveBeenCalled();
    book.resume(again);
    expect(openOwn).toHaveBeenCalledWith({ kind: "files", files: again }, expect.anything());
    prepared({ ...summary, name: "elsewhere.csv" });
    await vi.waitFor(() => expect(goOn).toHaveBeenCalledOnce());
    expect(goOn.mock.calls[0]![0].kept.checkpoint.step).toBe(70);
  });

  it("stays where another table is brought, which is said", async () => {
    const { book, store, goOn, prepared } = await cutOff();
    book.resume(again);
    prepared({ ...summary, columns: [column("a"), column("c")] });
    await vi.waitFor(() =>
      expect(store.getState().alert?.message).toContain("not those of the unfinished run"),
    );
    expect(goOn).not.toHaveBeenCalled();
    // The right file may still come.
    book.resume(again);
    prepared(summary);
    await vi.waitFor(() => expect(goOn).toHaveBeenCalledOnce());
  });
});
