/**
 * The table on screen and the one that is on its way: reading, preparing,
 * looking. It numbers readings and prepared data, so that late answers are told
 * from those that are waited for.
 */
import { kindShownIn } from "../catalog/datasets.ts";
import type { AnalysisEvent, DataSource, StageView } from "../protocol/analysis.ts";
import { openPair, settingsToKeep, setupFor, type Setup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import type { Desk } from "./desk.ts";

/** Rows above this are sampled; a browser tab holds this many comfortably. */
const rowLimit = 100_000;

export interface Tables {
  /** The seed that split the rows which the workers hold. */
  readonly preparedSeed: number;
  /** Reads built-in data that `next` is the setup for; the table before it stands until they are in. */
  open(source: DataSource, next: Setup): void;
  /** The same for a person's own, which may take long: what is chosen stays that of the table on screen until then. */
  openOwn(source: DataSource): void;
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
  /** The reading that the table on screen came from. */
  let table = 0;
  let dataNumber = 0;
  let preparedSeed = setup().seed;
  /** What to return to if the data being opened are refused. */
  let before: Pick<LabState, "setup" | "phase"> = { setup: setup(), phase: "loading" };
  let panels: readonly StageView[] = [];
  /** A person's own data, while they are read. */
  let own: DataSource | undefined;

  function read(source: DataSource, next?: Setup): void {
    const { data, phase } = get();
    // Two files dropped one after the other: what stood before the first one is still what to go back to.
    if (data.status !== "reading") before = { setup: setup(), phase };
    // Of built-in data that never came nothing is kept.
    else if (next === undefined) patch({ setup: before.setup });
    readings += 1;
    own = next === undefined ? source : undefined;
    patch({
      ...(next && { setup: next }),
      // A running model goes on until the new table is in.
      phase: phase === "training" || phase === "error" ? phase : "loading",
      data: { ...data, status: "reading", reading: { share: 0, rows: 0 } },
      alert: undefined,
    });
    lines.analysis({ type: "open", request: readings, source, options: { rowLimit, seed: setup().seed } });
  }

  /** What a person's own table begins with: the model and its settings as they are by now. */
  function chosenFor(source: DataSource): Setup {
    const { model, seed, budget, speed, missingMarks } = setup();
    const { numeric } = setupFor(source.kind === "drawing" ? "ring" : "own");
    const settings = settingsToKeep(setup());
    return { ...setupFor("own"), model, settings, seed, budget, speed, missingMarks, numeric };
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
    const all = new Set<StageView>([
      ...(shown ? [shown] : []),
      ...panels.filter((view) => views.includes(view)),
    ]);
    lines.analysis({ type: "watch", views: [...all], pair: openPair(chosen, data.summary?.columns ?? []) });
  }

  return {
    get preparedSeed() {
      return preparedSeed;
    },
    open: read,
    openOwn: (source) => read(source),
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
          if (own !== undefined) choose(chosenFor(own));
          own = undefined;
          prepare();
          break;
        case "refused":
        case "cancelled": {
          // What was said of the run meanwhile is newer than what stood before.
          const { phase } = get();
          const back = before.phase === "paused" || before.phase === "finished" ? before.phase : "ready";
          // A setup that came with the data goes with them; what was chosen while a file was read stays.
          patch({
            ...(own === undefined && { setup: before.setup }),
            phase: phase === "loading" ? back : phase,
          });
          own = undefined;
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
