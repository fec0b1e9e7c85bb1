/**
 * Fresh rows on their way to the analysis worker: a piece for every credit, so
 * that a million rows never wait in a mailbox, and between two pieces a look at
 * what else was asked.
 */
import type { Matrix } from "../encode/span.ts";
import { t } from "../language/words.ts";
import type { FromTrain, ToTrain } from "../protocol/port.ts";
import type { Trainer } from "../train/trainer.ts";
import { messageOf } from "./host.ts";

type Request = Extract<ToTrain, { type: "sample" }>;

export interface Serving {
  /** Takes the place of what was being served. */
  ask(request: Request): void;
  more(request: number): void;
  enough(request: number): void;
  /** Somebody waits for rows. */
  readonly busy: boolean;
  /** A piece can be made now. */
  readonly due: boolean;
  /** Makes the next piece that is paid for. */
  serve(trainer: Trainer | undefined): Promise<void>;
  /** The model is about to go: whoever waits for its rows is told. */
  end(): void;
}

interface Order extends Request {
  pieces: AsyncGenerator<Matrix> | undefined;
  left: number;
  credits: number;
}

/** @param wasLost whether an error is the doing of a device that is gone; then whoever waits hears of it elsewhere. */
export function serving(
  answer: (message: FromTrain, transfer?: Transferable[]) => void,
  wasLost: () => Promise<boolean>,
): Serving {
  let order: Order | undefined;

  const refuse = ({ request }: Order, message: string): void => {
    if (order?.request === request) order = undefined;
    answer({ type: "unsampled", request, message });
  };

  return {
    ask(request) {
      order = { ...request, pieces: undefined, left: request.rows, credits: 2 };
    },
    more(request) {
      if (order?.request === request) order.credits += 1;
    },
    enough(request) {
      if (order?.request === request) order = undefined;
    },
    get busy() {
      return order !== undefined;
    },
    get due() {
      return order !== undefined && order.credits > 0;
    },
    async serve(trainer) {
      const current = order;
      if (current === undefined || current.credits === 0) return;
      if (trainer === undefined)
        return refuse(current, t`There is no trained model to draw rows from. Press Train first.`);
      try {
        current.pieces ??= trainer.sample(current.rows, current.seed, current.given);
        current.credits -= 1;
        const { value: piece, done } = await current.pieces.next();
        if (order !== current) return; // another was asked for meanwhile
        if (done === true) return refuse(current, t`The model made fewer rows than were asked for.`);
        current.left -= piece.rows;
        const last = current.left <= 0;
        if (last) order = undefined;
        answer({ type: "sampled", request: current.request, piece, last, heeds: trainer.heeds }, [
          piece.values.buffer as ArrayBuffer,
        ]);
      } catch (error) {
        if (!(await wasLost()) && order === current) refuse(current, messageOf(error));
      }
    },
    end() {
      if (order?.pieces !== undefined)
        refuse(order, t`The run ended before all rows were made. Train again, then download.`);
    },
  };
}
