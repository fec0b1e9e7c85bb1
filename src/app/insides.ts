/** Asks for looks inside the model: the next one once the last is drawn, so that a slow or hidden page asks for fewer. */
import type { InsideLook } from "../protocol/inside.ts";
import type { TrainEvent } from "../protocol/train.ts";
import type { Desk } from "./desk.ts";

export interface Insides {
  lookInside(look: InsideLook | undefined): void;
  heard(event: TrainEvent): void;
}

export function insides({ lines }: Pick<Desk, "lines">): Insides {
  let wanted: InsideLook | undefined;
  const ask = (): void => lines.train({ type: "inside", look: wanted });
  return {
    lookInside(look) {
      wanted = look;
      ask();
    },
    heard({ type }) {
      if (wanted === undefined) return;
      // A worker that took another's place was not asked yet.
      if (type === "started") ask();
      if (type === "inside") requestAnimationFrame(ask);
    },
  };
}
