/** Rows on their way to a file: the newest request is the one that counts. */
import { count, t } from "../language/words.ts";
import type { AnalysisCommand, AnalysisEvent } from "../protocol/analysis.ts";
import type { Desk } from "./desk.ts";
import { saveFile } from "../views/kit/saveFile.ts";

type Request = Extract<AnalysisCommand, { type: "download" }>;

export interface Downloads {
  ask(request: Omit<Request, "type" | "request">): void;
  /** What was asked for is no longer wanted. */
  cancel(): void;
  /** Whether an answer is one that is waited for. */
  awaits(event: AnalysisEvent): boolean;
  heard(event: AnalysisEvent): void;
  /** The model was lost with its worker: what was asked of it will be asked again. */
  hold(): void;
  /** The model is back. All rows must come from the same weights, so it begins with the first. */
  again(): void;
  /** The model won't come back. */
  drop(): void;
}

export function downloads({ lines, get, patch }: Desk): Downloads {
  let newest = 0;
  let asked: Omit<Request, "type" | "request"> | undefined;
  let held = false;

  function ask(request: Omit<Request, "type" | "request">): void {
    asked = request;
    held = false;
    lines.analysis({ type: "download", request: ++newest, ...request });
  }

  function drop(): void {
    held = false;
    newest += 1;
    if (get().download.status === "working") patch({ download: { status: "idle", note: "" } });
  }

  return {
    ask(request) {
      const words =
        request.model !== undefined
          ? request.model === "onnx"
            ? t`Exporting the model…`
            : t`Saving the run…`
          : request.fill === true
            ? t`Filling gaps…`
            : t`Making ${count(request.rows)} rows…`;
      patch({ download: { status: "working", note: words }, status: words });
      ask(request);
    },
    cancel() {
      if (get().download.status !== "working") return;
      lines.analysis({ type: "enough", request: newest });
      drop();
      patch({ status: t`No rows were written.` });
    },
    awaits: (event) => !("request" in event) || !event.type.includes("download") || event.request === newest,
    heard(event) {
      if (event.type === "downloaded") saveFile(event.file, event.name);
    },
    hold() {
      held = asked !== undefined && get().download.status === "working";
      // What is still said of it is of the lost model.
      if (held) newest += 1;
    },
    again() {
      if (held) ask(asked!);
    },
    drop,
  };
}
