/**
 * What the model is asked to make rows for: a download, a drawing for a report, or
 * the model itself to be taken away. One at a time, for it answers one request at a time; what
 * comes meanwhile waits, or takes the place of what is under way.
 */
import { count, t } from "../language/words.ts";
import type { AnalysisCommand, AnalysisEvent } from "../protocol/analysis.ts";
import type { FromTrain, ToTrain } from "../protocol/port.ts";
import type { Drawing } from "./drawingFor.ts";
import { messageOf, type Host } from "./host.ts";
import { packed, packedRun } from "./packing.ts";
import type { Prepared } from "./preparing.ts";
import { blobSheet } from "./sheet.ts";
import { takeAway } from "./takeAway.ts";
import { mostRows, type Taking } from "./taking.ts";

/** Rows that the model is making for somebody. */
interface Errand {
  readonly request: number;
  readonly rows: Taking;
  /** Some came, and more are to come. */
  some(): void;
  /** All are there. @throws Error in words. */
  done(): void;
  /** There won't be any more. */
  failed(message: string): void;
}

export interface Errands {
  download(command: Extract<AnalysisCommand, { type: "download" }>): void;
  /**
   * Has the model draw rows for a report, once it is free. @param wanted whether they still are when it is.
   * @throws Error in words.
   */
  draw(rows: Drawing<unknown>, wanted: () => boolean): Promise<void>;
  /** The drawing under way is no longer wanted; a download goes on. */
  stopDrawing(): void;
  /** What the model made. */
  take(message: Extract<FromTrain, { request: number }>): void;
  /** Whoever asked for it wants no more. */
  enough(request: number): void;
  /** The table goes, and all that was wanted of it. */
  forget(): void;
  /** The model was lost: there won't be any more rows from it. */
  lost(): void;
}

/** @param tell the train worker. @param now the rows as they are prepared. */
export function errands(
  host: Pick<Host<AnalysisEvent>, "post">,
  tell: (message: ToTrain, transfer?: Transferable[]) => void,
  now: () => Prepared | undefined,
): Errands {
  let taking: Errand | undefined;
  /** The request for the model itself, while it is under way. */
  let exporting: number | undefined;
  /** What goes in front of a run that is saved. */
  let shared: string | undefined;
  /** Rows drawn for a report have negative requests. */
  let drawings = 0;
  /** Downloads, and drawings for a report, that wait until the model is free. */
  let waiting: (() => void)[] = [];

  /** Nothing that is under way is wanted any more. */
  function stop(): void {
    const request = taking?.request ?? exporting;
    if (request !== undefined) tell({ type: "enough", request });
    taking = undefined;
    exporting = undefined;
  }

  /** The model is free: whoever waited first is served. */
  function free(): void {
    taking = undefined;
    waiting.shift()?.();
  }

  function download(command: Extract<AnalysisCommand, { type: "download" }>): void {
    const { request, rows } = command;
    const refuse = (message: string): void => host.post({ type: "undownloaded", request, message });
    // A report's rows are soon drawn, and drawing them again would take as long.
    if (taking !== undefined && taking.request < 0) return void waiting.push(() => download(command));
    const prepared = now();
    stop();
    if (prepared === undefined) refuse(t`There is no table to make rows for. Open one first.`);
    else if (command.model !== undefined) {
      exporting = request;
      shared = command.shared;
      tell({ type: "export", request, form: command.model });
    } else if (!Number.isInteger(rows) || rows < 1 || rows > mostRows)
      refuse(t`Rows must be a whole number from 1 to ${count(mostRows)}.`);
    else
      try {
        const sheet = blobSheet(prepared, command.escapeFormulas);
        const taken = takeAway(prepared, command, sheet);
        taking = {
          request,
          rows: taken,
          some: () => host.post({ type: "downloading", request, rows: taken.made, of: taken.of }),
          done() {
            const finished = taken.finish();
            host.post({ type: "downloaded", request, file: sheet.csv(), ...finished });
          },
          failed: refuse,
        };
        order();
      } catch (error) {
        free();
        refuse(messageOf(error));
      }
  }

  /** Asks for the next rows of a download. False where there is nothing more to ask for. */
  function order(): boolean {
    const next = taking!.rows.order();
    if (next === undefined) return false;
    const { given } = next;
    const moved = given && [given.rows.values.buffer as ArrayBuffer, given.known.buffer as ArrayBuffer];
    tell({ type: "sample", request: taking!.request, ...next }, moved);
    return true;
  }

  function take(message: Extract<FromTrain, { request: number }>): void {
    const { request } = message;
    if (exporting === request) return pack(message);
    if (taking?.request !== request || message.type === "exported" || message.type === "stated") return;
    try {
      if (message.type === "unsampled") throw new Error(message.message);
      taking.rows.add(message.piece, message.heeds);
      if (!message.last) tell({ type: "more", request });
      if (!message.last || order()) return taking.some();
      taking.done();
    } catch (error) {
      tell({ type: "enough", request });
      taking.failed(messageOf(error));
    }
    free();
  }

  function pack(message: Extract<FromTrain, { request: number }>): void {
    const { request } = message;
    const prepared = now();
    exporting = undefined;
    free();
    try {
      if (message.type === "unsampled") throw new Error(message.message);
      if (message.type === "sampled" || prepared === undefined) return;
      const file =
        message.type === "stated"
          ? packedRun(message, prepared, shared)
          : packed(prepared.name, message.model, message.sampler, prepared.encoder.state);
      host.post({ type: "downloaded", request, ...file });
    } catch (error) {
      host.post({ type: "undownloaded", request, message: messageOf(error) });
    }
  }

  async function draw(rows: Drawing<unknown>, wanted: () => boolean): Promise<void> {
    while (taking !== undefined || exporting !== undefined)
      await new Promise<void>((resolve) => waiting.push(resolve));
    // It was not needed after all: whoever waits next is served.
    if (!wanted()) {
      waiting.shift()?.();
      return;
    }
    await new Promise<void>((resolve, reject) => {
      taking = {
        request: -++drawings,
        rows,
        some: () => {},
        done: resolve,
        failed: (message) => reject(new Error(message)),
      };
      if (order()) return;
      // There was nothing to ask for.
      free();
      resolve();
    });
  }

  return {
    download,
    draw,
    take,
    stopDrawing() {
      if (taking === undefined || taking.request > 0) return;
      taking.failed("");
      tell({ type: "enough", request: taking.request });
      free();
    },
    enough(request) {
      if ((taking?.request ?? exporting) !== request) return;
      stop();
      free();
    },
    forget() {
      waiting = [];
      stop();
    },
    lost() {
      const lost = t`The model was lost before all rows were made. Train again, then download.`;
      if (exporting !== undefined) host.post({ type: "undownloaded", request: exporting, message: lost });
      if (taking !== undefined && taking.request < 0)
        taking.failed(t`The model was lost before the report's rows were drawn. Make the report again.`);
      else taking?.failed(lost);
      exporting = undefined;
      waiting = [];
      taking = undefined;
    },
  };
}
