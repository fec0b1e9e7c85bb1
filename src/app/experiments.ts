/** Experiments: the newest request is the one that counts. They go on beside a run, in a worker of their own. */
import { dataSeed } from "../catalog/datasets.ts";
import { experiments as cases } from "../catalog/experiments.ts";
import { t } from "../language/words.ts";
import type { AnalysisEvent } from "../protocol/analysis.ts";
import type { ExperimentEvent } from "../protocol/experiment.ts";
import type { Actions } from "../store/actions.ts";
import { noExperiment } from "../store/experiment.ts";
import { setupFor, settingsOf } from "../store/setup.ts";
import type { Desk } from "./desk.ts";
import type { Tables } from "./tables.ts";

export interface Experiments {
  readonly attempt: Actions["tryExperiment"];
  readonly attemptCase: Actions["tryCase"];
  cancel(): void;
  readonly shift: Actions["shiftTest"];
  /** Whether an answer is one that is waited for. */
  awaits(event: ExperimentEvent): boolean;
  /** The newest has come to its end. */
  ended(): void;
  /** What became of the table: one that goes takes the experiment along, one that comes may be awaited for one. */
  heard(event: AnalysisEvent): void;
  lost(reason: string): void;
}

export function experiments(
  { lines, get, patch, setup, choose }: Desk,
  tables: Pick<Tables, "open">,
): Experiments {
  let newest = 0;
  let shifts = 0;
  /** It begins as soon as its table is prepared. */
  let awaited = false;
  /** One is under way, of whatever table. */
  let going = false;

  function begin(): void {
    const { experiment: choice, model } = setup();
    if (choice === undefined) return;
    patch({
      experiment: {
        ...get().experiment,
        status: "working",
        share: 0,
        doing: t`Starting`,
        shifted: undefined,
      },
      status: t`Trying whether synthetic rows help…`,
      alert: undefined,
    });
    shifts += 1;
    going = true;
    lines.experiment({ type: "try", request: ++newest, choice, model, settings: settingsOf(setup()) });
  }

  function cancel(): void {
    awaited = false;
    if (going) lines.experiment({ type: "cancel", request: newest });
  }

  return {
    attempt(choice) {
      choose({ experiment: choice });
      begin();
    },
    attemptCase(id) {
      const found = cases.find((one) => one.id === id);
      if (found === undefined) return;
      const { dataset, seed, holdout, model, choice } = found;
      cancel();
      tables.open(
        { kind: "builtin", id: dataset, seed: dataSeed },
        { ...setupFor(dataset), seed, holdout, model, view: "helps", experiment: choice },
      );
      awaited = true;
    },
    cancel,
    shift(wanted) {
      shifts += 1;
      if (wanted.length === 0) patch({ experiment: { ...get().experiment, shifted: undefined } });
      else lines.experiment({ type: "shift", request: shifts, shifts: wanted });
    },
    awaits(event) {
      switch (event.type) {
        case "trying":
        case "tried":
        case "untried":
          return event.request === newest;
        case "shifted":
          return event.request === shifts;
        default:
          return true;
      }
    },
    ended() {
      going = false;
    },
    heard({ type }) {
      if (type === "refused" || type === "cancelled" || type === "unprepared") awaited = false;
      if (type !== "prepared") return;
      // What is under way is of rows that are gone.
      if (going) lines.experiment({ type: "cancel", request: newest });
      going = false;
      newest += 1;
      if (awaited) begin();
      awaited = false;
    },
    lost(reason) {
      if (!going) return;
      going = false;
      patch({
        experiment: { ...noExperiment, card: get().experiment.card },
        status: t`The experiment stopped.`,
        alert: { message: t`The worker that ran the experiment stopped. Run it again.`, detail: reason },
      });
    },
  };
}
