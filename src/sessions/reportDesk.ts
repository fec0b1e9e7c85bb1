/** Reports as they are asked for: the newest request counts, and the last one that was made can be saved as a page. */
import { t } from "../language/words.ts";
import type { AnalysisCommand, AnalysisEvent } from "../protocol/analysis.ts";
import type { ReportCard } from "../protocol/report.ts";
import type { Errands } from "./errands.ts";
import { messageOf, type Host } from "./host.ts";
import type { Prepared } from "./preparing.ts";
import { makeReport, ReportCancelled } from "./reporting.ts";
import { reportPage } from "./reportPage.ts";
import { fileName } from "./sheet.ts";

export interface ReportDesk {
  report(command: Extract<AnalysisCommand, { type: "report" }>): void;
  cancel(request: number): void;
  /** @throws Error in words where there is none. */
  save(command: Extract<AnalysisCommand, { type: "saveReport" }>): void;
  /** The table goes, and what was said of its rows. */
  forget(): void;
}

/** @param errands draws the rows. @param now the rows as they are prepared. */
export function reportDesk(
  host: Host<AnalysisEvent>,
  errands: Pick<Errands, "draw" | "stopDrawing">,
  now: () => Prepared | undefined,
): ReportDesk {
  /** The report that is under way, by its request. */
  let reported: number | undefined;
  let card: ReportCard | undefined;

  function report({ request, ...wanted }: Extract<AnalysisCommand, { type: "report" }>): void {
    end();
    const prepared = now();
    if (prepared === undefined)
      return host.post({
        type: "unreported",
        request,
        message: t`There is no table to hold rows against. Open one first.`,
      });
    reported = request;
    const { data } = prepared;
    makeReport(prepared, wanted, host, {
      draw: (rows) => errands.draw(rows, () => reported === request),
      tell: (share, doing, drawing) => {
        if (reported === request) host.post({ type: "reporting", request, share, doing, drawing });
      },
      get cancelled() {
        return reported !== request;
      },
    }).then(
      (made) => {
        if (reported !== request) return;
        reported = undefined;
        card = made;
        host.post({ type: "reported", request, data, card });
      },
      (error: unknown) => {
        if (reported !== request) return;
        reported = undefined;
        if (error instanceof ReportCancelled) host.post({ type: "unreported", request });
        else host.post({ type: "unreported", request, message: messageOf(error) });
      },
    );
  }

  /** What is under way is no longer wanted, and its rows neither. */
  function end(): void {
    if (reported === undefined) return;
    const request = reported;
    reported = undefined;
    errands.stopDrawing();
    host.post({ type: "unreported", request });
  }

  function save({ rows, experiment }: Extract<AnalysisCommand, { type: "saveReport" }>): void {
    const prepared = now();
    if (card === undefined || prepared === undefined)
      throw new Error(t`There is no report to save yet. Make one first.`);
    const page = reportPage(card, { rows, ...(experiment && { experiment }) });
    const file = new Blob([page], { type: "text/html;charset=utf-8" });
    host.post({ type: "reportSaved", file, name: fileName(prepared.name, "report", "html") });
  }

  return {
    report,
    save,
    cancel(request) {
      if (reported === request) end();
    },
    forget() {
      end();
      card = undefined;
    },
  };
}
