/** The rows, to a worker that tries things on them. */
import { t } from "../language/words.ts";
import type { FromExperiment, ToExperiment } from "../protocol/experiment.ts";
import { selectRows } from "../table/typed.ts";
import type { Origins } from "./origins.ts";
import type { Prepared } from "./preparing.ts";

/**
 * Answers the port for as long as it is open.
 * @param now the rows as they are prepared when they are asked for. @param pasts the runs before, one of which may be a source.
 */
export function lendTables(
  port: MessagePort,
  now: () => Prepared | undefined,
  pasts: Pick<Origins, "last" | "cloud">,
): void {
  port.onmessage = ({ data: { type } }: MessageEvent<FromExperiment>) => {
    if (type === "wantTables") port.postMessage(answer(now(), pasts));
  };
}

function answer(prepared: Prepared | undefined, pasts: Pick<Origins, "last" | "cloud">): ToExperiment {
  if (prepared === undefined)
    return { type: "noTables", message: t`There is no table to try anything on. Open one first.` };
  const { data, table, split, image } = prepared;
  if (image !== undefined)
    return {
      type: "noTables",
      message: t`An experiment predicts a column from others, and these rows are images.`,
    };
  if (split.holdout.length === 0)
    return {
      type: "noTables",
      message: t`No rows are held out, so there is nothing to test on. Hold some out under Data, Advanced.`,
    };
  const source = pasts.cloud(prepared);
  return {
    type: "tables",
    data,
    train: selectRows(table, split.train),
    holdout: selectRows(table, split.holdout),
    ...(source && { source: { name: pasts.last(prepared)!.name, table: source } }),
  };
}
