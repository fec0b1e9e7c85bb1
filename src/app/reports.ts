/** Reports: the newest request is the one that counts. Training waits while rows are drawn, and goes on by itself. */
import { count, t } from "../language/words.ts";
import { modelName } from "../store/fold.ts";
import type { AnalysisEvent } from "../protocol/analysis.ts";
import type { ReportQuestion } from "../protocol/report.ts";
import type { Losses } from "../store/losses.ts";
import type { Desk } from "./desk.ts";
import type { Runs } from "./runs.ts";
import { saveFile } from "../views/kit/saveFile.ts";

/** Losses sent along: enough for the trend of the last fifth. */
const mostLosses = 2_000;

export interface Reports {
  make(question: ReportQuestion): void;
  cancel(): void;
  save(withRows: boolean): void;
  /** Whether an answer is one that is waited for. */
  awaits(event: AnalysisEvent): boolean;
  heard(event: AnalysisEvent): void;
}

export function reports({ lines, get, patch, setup }: Desk, runs: Runs): Reports {
  let newest = 0;
  /** Training was going on when rows were asked for. */
  let goesOn = false;

  function goOn(): void {
    if (goesOn && get().phase === "paused") runs.tell({ type: "resume" });
    goesOn = false;
  }

  return {
    make(question) {
      const { training, phase, report } = get();
      const { run, step, startedFrom, objectives, losses } = training;
      if (startedFrom === undefined) return;
      goesOn ||= phase === "training";
      if (phase === "training") runs.tell({ type: "pause" });
      const name = modelName(startedFrom.model);
      patch({
        report: {
          ...report,
          status: "working",
          share: 0,
          doing: t`Drawing rows`,
          drawing: true,
          of: { run, step },
        },
        status: t`Making the quality report…`,
      });
      lines.analysis({
        type: "report",
        request: ++newest,
        question,
        seed: setup().seed,
        made: step === 0 ? name : t`${name}, step ${count(step)}`,
        losses: thinned(losses, objectives),
      });
    },
    cancel() {
      if (get().report.status === "working") lines.analysis({ type: "cancelReport", request: newest });
    },
    save(withRows) {
      const { card } = get().experiment;
      lines.analysis({ type: "saveReport", rows: withRows, ...(card && { experiment: card }) });
    },
    awaits: (event) =>
      !(event.type === "reporting" || event.type === "reported" || event.type === "unreported") ||
      event.request === newest,
    heard(event) {
      if (event.type === "reportSaved") saveFile(event.file, event.name);
      else if (event.type === "unreported" || event.type === "reported") goOn();
      else if (event.type === "reporting" && !event.drawing) goOn();
    },
  };
}

/** The first curve of the algorithm box, evenly thinned. */
function thinned({ values }: Losses, objectives: readonly string[]): readonly number[] {
  const all = (values[objectives[0] ?? ""] ?? Object.values(values)[0] ?? []).filter(Number.isFinite);
  const every = Math.max(1, Math.ceil(all.length / mostLosses));
  return all.filter((_, i) => i % every === 0);
}
