/** Looks inside the model for the page, one for each that it asks for, and never so many that training suffers. */
import type { Matrix, Span } from "../encode/span.ts";
import { see } from "../inside/see.ts";
import type { InsideLook, NetSeen } from "../protocol/inside.ts";
import type { TrainEvent } from "../protocol/train.ts";
import type { Trainer } from "../train/trainer.ts";
import type { Host } from "./host.ts";

/** Looks take at most this share of the time. */
const share = 0.125;
/** Between two looks, ms: what an eye takes for motion. Bars that are read need less. */
const shortestGapMs = 60;
const layersEveryMs = 500;

/** What is learned from, and by which run. */
interface Learned {
  readonly run: number;
  readonly spans: readonly Span[];
  readonly rows: Matrix;
}

export interface Insides {
  /** Asks for a look, in place of one that was asked for before. */
  want(look: InsideLook | undefined): void;
  /** Another model is to be seen, though it be at the same step. */
  turnTo(learned: Learned): void;
  /** When the next one is due, as the clock has it: 0 where nothing trains meanwhile; Infinity where none is wanted or there is nothing new. */
  dueAt(trainer: Pick<Trainer, "step">, training: boolean): number;
  /** Takes the look that is wanted. @throws whatever the model throws; what was asked for is not tried again. */
  make(trainer: Pick<Trainer, "step" | "inside" | "layers">): Promise<void>;
}

export function insides(host: Pick<Host<TrainEvent>, "post" | "now">): Insides {
  let wanted: InsideLook | undefined;
  let learned: Learned | undefined;
  /** The step and the look that were seen last. */
  let seen: { readonly step: number; readonly look: string } | undefined;
  let next = 0;
  let nets: readonly NetSeen[] = [];
  let netsAt = -Infinity;
  return {
    want: (look) => void (wanted = look),
    turnTo(to) {
      learned = to;
      seen = undefined;
      next = 0;
      netsAt = -Infinity;
    },
    dueAt({ step }, training) {
      if (wanted === undefined || learned === undefined) return Infinity;
      if (step === seen?.step && JSON.stringify(wanted) === seen.look) return Infinity;
      return training ? next : 0;
    },
    async make(trainer) {
      const began = host.now();
      const look = wanted!;
      const { run, spans, rows } = learned!;
      wanted = undefined;
      seen = { step: trainer.step, look: JSON.stringify(look) };
      if (began - netsAt >= layersEveryMs) {
        nets = await trainer.layers();
        netsAt = began;
      }
      const all = await see(trainer, spans, rows, look, nets);
      host.post({ type: "inside", run, seen: all });
      const ended = host.now();
      next = ended + Math.max(shortestGapMs, (ended - began) * (1 / share - 1));
    },
  };
}
