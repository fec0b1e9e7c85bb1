/**
 * The table on screen and the one that is on its way: reading, preparing,
 * looking. It numbers readings and prepared data, so that late answers are told
 * from those that are waited for.
 */
import { kindShownIn } from "../catalog/datasets.ts";
import type { AnalysisEvent, DataSource, StageView } from "../protocol/analysis.ts";
import { replayedViews } from "../store/replay.ts";
import { openPair, settingsToKeep, setupFor, type Setup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import type { Desk } from "./desk.ts";

/** Rows above this are sampled; a browser tab holds this many comfortably. */
const rowLimit = 100_000;

export interface Tables {
  /** What the table on screen was read from; undefined before the first. */
  readonly source: DataSource | undefined;
  /** The seed that split the rows which the workers hold. */
  readonly preparedSeed: number;
  /** Reads data that `next` is the setup for, from now on; the table before it stands until they are in. */
  open(source: DataSource, next: Setup): void;
  /** Reads a person's own. That may take long or come to nothing, so the setup follows when they are in: `next`, or the choices as they stand then. */
  openOwn(source: DataSource, next?: Setup): void;
  cancel(): void;
  /** Splits and encodes the table on screen as the setup says. */
  prepare(): void;
  /** Prepares it anew with a choice; a table that is being read will be prepared with it anyway. */
  prepareWith(change: Partial<Setup>): void;
  /** Tells the analysis worker what is on screen. */
  lookAt(): void;
  /** Views that panels beside the stage show. */
  watch(views: readonly StageView[]): void;
  /** Whether an answer is one that is waited for. */
  awaits(event: AnalysisEvent): boolean;
  /** After such an answer was folded into the state. */
  heard(event: AnalysisEvent): void;
}

/** @param halt ends the run on the table that is about to go. */
export function tables(desk: Desk, halt: () => void): Tables {
  const { lines, get, patch, setup, choose } = desk;
  let readings = 0;
  /** What is being read, and what was. */
  let coming: DataSource | undefined;
  let source: DataSource | undefined;
  /** The reading that the table on screen came from. */
  let table = 0;
  let dataNumber = 0;
  let preparedSeed = setup().seed;
  /** What to return to if the data being opened are refused. */
  let before: Pick<LabState, "setup" | "phase"> = { setup: setup(), phase: "loading" };
  /** The setup for data of a person's own that are being read, from the choices as they will stand then. */
  let setupThen: (() => Setup) | undefined;
  let panels: readonly StageView[] = [];

  function open(wanted: DataSource, next: Setup, then?: () => Setup): void {
    const { data, phase } = get();
    // Two files dropped one after the other: what stood before the first one is still what to go back to.
    if (data.status !== "reading") before = { setup: setup(), phase };
    readings += 1;
    coming = wanted;
    setupThen = then;
    patch({
      setup: next,
      // A running model goes on until the new table is in.
      phase: phase === "training" || phase === "error" ? phase : "loading",
      data: { ...data, status: "reading", reading: { share: 0, rows: 0 } },
      alert: undefined,
    });
    lines.analysis({
      type: "open",
      request: readings,
      source: wanted,
      options: { rowLimit, seed: next.seed },
    });
  }

  function prepare(): void {
    halt();
    dataNumber += 1;
    const { missingMarks, columns, holdout, seed, numeric } = setup();
    preparedSeed = seed;
    const { data, phase } = get();
    patch({
      phase: phase === "error" ? phase : "loading",
      data: { ...data, status: "preparing", prepared: undefined },
    });
    lines.analysis({
      type: "prepare",
      data: dataNumber,
      request: table,
      options: { missingMarks, columns, holdout, seed, numeric },
    });
  }

  function lookAt(): void {
    const { data, setup: chosen } = get();
    const views = data.prepared?.views ?? [];
    const shown = chosen.view !== undefined && views.includes(chosen.view) ? chosen.view : views[0];
    // A run is replayed, and shared, as it is seen in one view, whatever is on screen.
    const [replayed] = replayedViews(views);
    const all = new Set<StageView>([
      ...(shown ? [shown] : []),
      ...(replayed ? [replayed] : []),
      ...panels.filter((view) => views.includes(view)),
    ]);
    lines.analysis({ type: "watch", views: [...all], pair: openPair(chosen, data.summary?.columns ?? []) });
  }

  return {
    get source() {
      return source;
    },
    get preparedSeed() {
      return preparedSeed;
    },
    open,
    openOwn(source, given) {
      const { numeric } = setupFor(source.kind === "drawing" ? "ring" : "own");
      const next = (): Setup => {
        if (given !== undefined) return given;
        const { model, seed, budget, speed, missingMarks } = setup();
        const settings = settingsToKeep(setup());
        return { ...setupFor("own"), model, settings, seed, budget, speed, missingMarks, numeric };
      };
      open(source, setup(), next);
    },
    cancel() {
      if (get().data.status === "reading") lines.analysis({ type: "cancel", request: readings });
    },
    prepare,
    prepareWith(change) {
      choose(change);
      patch({ alert: undefined });
      const { status } = get().data;
      if (status === "ready" || status === "preparing") prepare();
    },
    lookAt,
    watch(views) {
      panels = views;
      lookAt();
    },
    awaits(event) {
      switch (event.type) {
        case "reading":
        case "opened":
        case "refused":
        case "cancelled":
          return event.request === readings;
        case "prepared":
        case "unprepared":
          return event.data === dataNumber;
        default:
          return true;
      }
    },
    heard(event) {
      switch (event.type) {
        case "opened":
          table = event.request;
          source = coming;
          if (setupThen !== undefined) patch({ setup: setupThen() });
          prepare();
          break;
        case "refused":
        case "cancelled": {
          // What was said of the run meanwhile is newer than what stood before.
          const { phase } = get();
          const back = before.phase === "paused" || before.phase === "finished" ? before.phase : "ready";
          const { columns, holdout, numeric, missingMarks, ...others } = before.setup;
          // How rows are prepared is what it was; what else was chosen while a file was read stays chosen.
          const stayed = setupThen !== undefined && setup().dataset === others.dataset;
          const kept = stayed ? setup() : others;
          patch({
            setup: { ...kept, columns, holdout, numeric, missingMarks },
            phase: phase === "loading" ? back : phase,
          });
          break;
        }
        case "prepared":
          if (setup().dataset === "own") choose({ kind: kindShownIn(event.views[0]) });
          lookAt();
          break;
        default:
          break;
      }
    },
  };
}
