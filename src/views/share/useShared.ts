import { useEffect, useMemo, useState } from "react";
import { fingerprintOf, type Fingerprint } from "../../share/fingerprint.ts";
import type { SharedResult } from "../../share/result.ts";
import { resultOf, type Ticks } from "../../share/resultOf.ts";
import type { LabState } from "../../store/state.ts";

/**
 * The result as it would be shared; undefined where there is none. "making" until the table's fingerprint is known: a link
 * that was copied before would be of a table that nobody could be told to have.
 */
export function useShared(
  state: LabState,
  { names, categories }: Ticks,
): SharedResult | "making" | undefined {
  const { summary } = state.data;
  const own = (state.training.startedFrom ?? state.setup).dataset === "own";
  const [made, setMade] = useState<{ readonly of: typeof summary; readonly fingerprint?: Fingerprint }>();
  useEffect(() => {
    if (!own || summary === undefined) return;
    let wanted = true;
    fingerprintOf(summary).then(
      (found) => wanted && setMade({ of: summary, ...(found && { fingerprint: found }) }),
      () => wanted && setMade({ of: summary }), // a result without one can be looked at all the same
    );
    return () => {
      wanted = false;
    };
  }, [own, summary]);
  const result = useMemo(
    () => resultOf(state, { names, categories }, made?.fingerprint),
    [state, names, categories, made],
  );
  return own && result !== undefined && made?.of !== summary ? "making" : result;
}
