/**
 * What the experiment worker does: it asks the analysis worker for the rows, has models trained on parts of them,
 * and says what came of it. The newest experiment is kept, so that its test rows can be weighed anew.
 */
import type { ExperimentChoice } from "../catalog/experiments.ts";
import type { Work } from "../downstream/work.ts";
import type { Experiment } from "../generalise/arms.ts";
import { adaptation, type Adaptation } from "../generalise/adaptation.ts";
import { learningCurves, type Curves } from "../generalise/curve.ts";
import type { LongWork } from "../generalise/longWork.ts";
import type { Maker } from "../generalise/maker.ts";
import { rareClass, type RareClass } from "../generalise/rare.ts";
import { underShift } from "../generalise/shift.ts";
import { count, t } from "../language/words.ts";
import type {
  ExperimentCommand,
  ExperimentEvent,
  FromExperiment,
  ToExperiment,
} from "../protocol/experiment.ts";
import type { Table } from "../table/table.ts";
import { experimentCard, optionsOf, shiftedCard, type Result } from "./experimentCard.ts";
import { messageOf, type Host } from "./host.ts";
import { modelMaker } from "./makers.ts";

export interface ExperimentHost extends Host<ExperimentEvent> {
  /** The backend that models are trained on, once. @throws Error in words. */
  openBackend(): Promise<unknown>;
}

export interface ExperimentSession {
  handle(command: ExperimentCommand): void;
}

type Tables = Extract<ToExperiment, { type: "tables" }>;
type Try = Extract<ExperimentCommand, { type: "try" }>;

/** Nobody waits for it any more. */
class Cancelled extends Error {}

const sliceMs = 12;
const progressMs = 150;

export function experimentSession(host: ExperimentHost): ExperimentSession {
  let port: MessagePort | undefined;
  let opened: Promise<unknown> | undefined;
  /** The experiment that is wanted, by its request; undefined while none is under way. */
  let wanted: number | undefined;
  /** One model is trained at a time. */
  let before: Promise<void> = Promise.resolve();
  let awaiting: ((message: ToExperiment) => void)[] = [];
  let newest:
    | { readonly of: Experiment<Result>; readonly holdout: Table; readonly choice: ExperimentChoice }
    | undefined;
  let shifting = 0;

  const tablesNow = (): Promise<Tables> =>
    new Promise((resolve, reject) => {
      if (port === undefined)
        return reject(new Error(t`There is no table to try anything on. Open one first.`));
      awaiting.push((message) =>
        message.type === "tables" ? resolve(message) : reject(new Error(message.message)),
      );
      port.postMessage({ type: "wantTables" } satisfies FromExperiment);
    });

  async function attempt({ request, choice, model, settings }: Try): Promise<void> {
    const check = (): void => {
      if (wanted !== request) throw new Cancelled();
    };
    const tell = (share: number, doing: string): void => host.post({ type: "trying", request, share, doing });
    try {
      check();
      tell(0, t`Fetching the rows`);
      const tables = await tablesNow();
      check();
      tell(0, t`Starting WASM`);
      opened ??= host.openBackend();
      try {
        await opened;
      } catch (error) {
        opened = undefined;
        throw error;
      }
      check();
      const began = host.now();
      const maker = modelMaker({ id: model, settings }, choice.steps, host.now);
      const all =
        choice.kind === "transfer"
          ? 1
          : new Set(choice.sizes.map((n) => Math.min(n, tables.train.rows))).size;
      const of = await inPieces(open(tables, choice, maker), host, check, (share) =>
        tell(share, doingAt(share, choice, all)),
      );
      check();
      newest = { of, holdout: tables.holdout, choice };
      const card = experimentCard(of.result, choice, (host.now() - began) / 1000);
      wanted = undefined;
      host.post({ type: "tried", request, data: tables.data, card });
    } catch (error) {
      if (error instanceof Cancelled) return; // whoever cancelled has said so
      wanted = undefined;
      host.post({ type: "untried", request, message: messageOf(error) });
    }
  }

  async function shift({ request, shifts }: Extract<ExperimentCommand, { type: "shift" }>): Promise<void> {
    shifting = request;
    const from = newest;
    const check = (): void => {
      if (shifting !== request) throw new Cancelled();
    };
    try {
      if (from === undefined) throw new Error(t`There is no experiment whose test rows could be weighed.`);
      const shifted = await inPieces(underShift(from.of, from.holdout, shifts), host, check, () => undefined);
      check();
      host.post({
        type: "shifted",
        request,
        shifted: "why" in shifted ? shifted : shiftedCard(shifted, from.choice),
      });
    } catch (error) {
      if (!(error instanceof Cancelled))
        host.post({ type: "shifted", request, shifted: { why: messageOf(error) } });
    }
  }

  function end(): void {
    if (wanted !== undefined) host.post({ type: "untried", request: wanted });
    wanted = undefined;
  }

  return {
    handle(command) {
      switch (command.type) {
        case "connect":
          port?.close();
          port = command.port;
          port.onmessage = ({ data }: MessageEvent<ToExperiment>) => {
            const waiting = awaiting;
            awaiting = [];
            for (const heard of waiting) heard(data);
          };
          return;
        case "try":
          end();
          wanted = command.request;
          shifting = -1;
          newest = undefined;
          before = before.then(() => attempt(command));
          return;
        case "cancel":
          if (wanted === command.request) end();
          return;
        case "shift":
          void shift(command);
          return;
        default:
          command satisfies never;
      }
    },
  };
}

function open(
  tables: Tables,
  choice: ExperimentChoice,
  maker: Maker,
): LongWork<Experiment<Curves> | Experiment<RareClass> | Experiment<Adaptation>> {
  switch (choice.kind) {
    case "rare":
      return rareClass(tables, optionsOf({ ...choice, kind: choice.kind }), maker);
    case "transfer":
      if (tables.source === undefined)
        throw new Error(
          t`There is no table before this one to take rows from, or it lacks one of its columns. Open the source, train on it for a moment, then open this table.`,
        );
      return adaptation(tables, tables.source, optionsOf({ ...choice, kind: choice.kind }), maker);
    default:
      return learningCurves(tables, optionsOf({ ...choice, kind: choice.kind }), maker);
  }
}

/** Does the work, between pieces of it the mail. @param check throws where nobody waits any more. */
async function inPieces<T>(
  work: LongWork<T> | Work<T>,
  host: Pick<Host<never>, "now" | "rest">,
  check: () => void,
  tell: (share: number) => void,
): Promise<T> {
  let saidAt = -Infinity;
  let restedAt = -Infinity;
  try {
    for (;;) {
      const next = await work.next();
      if (next.done === true) return next.value;
      const now = host.now();
      if (now - restedAt < sliceMs) continue;
      if (now - saidAt >= progressMs) {
        saidAt = now;
        tell(next.value);
      }
      await host.rest();
      check();
      restedAt = host.now();
    }
  } catch (error) {
    await (work as LongWork<T>).return(undefined as T);
    throw error;
  }
}

/** @param sizes that there are of the rows. */
function doingAt(share: number, { seeds, sizes }: ExperimentChoice, all: number): string {
  const at = Math.min(seeds * all - 1, Math.floor((share / 0.99) * seeds * all));
  const n = sizes.toSorted((a, b) => a - b)[at % all]!;
  return t`Seed ${count(Math.floor(at / all) + 1)} of ${count(seeds)}, ${count(n)} real rows`;
}
