import { useEffect, useMemo, useState } from "react";
import { fingerprintOf, type Fingerprint } from "../../share/fingerprint.ts";
import type { SharedResult } from "../../share/result.ts";
import { resultOf, type Ticks } from "../../share/resultOf.ts";
import type { LabState } from "../../store/state.ts";

/** The result as it would be shared, with the table's fingerprint once that is known; undefined where there is none yet. */
export function useShared(state: LabState, { names, categories }: Ticks): SharedResult | undefined {
  const [fingerprint, setFingerprint] = useState<Fingerprint>();
  const { summary } = state.data;
  const own = (state.training.startedFrom ?? state.setup).dataset === "own";
  useEffect(() => {
    if (!own || summary === undefined) return;
    let wanted = true;
    fingerprintOf(summary).then(
      (found) => wanted && setFingerprint(found),
      () => undefined, // a result without one can be looked at all the same
    );
    return () => {
      wanted = false;
    };
  }, [own, summary]);
  return useMemo(
    () => resultOf(state, { names, categories }, fingerprint),
    [state, names, categories, fingerprint],
  );
}
