import { useEffect, useState } from "react";
import type { LabState } from "../store/state.ts";
import { useLabStore } from "./context.ts";

/**
 * Like `useLab`, but re-renders at most every `ms`: figures that change with
 * every step are read by people, who need four a second at most. What is gone
 * (undefined) goes at once: it would stand beside another run. `select` must be
 * a constant function.
 */
export function useLabSlowly<T>(select: (state: LabState) => T, ms = 250): T {
  const store = useLabStore();
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let drawnAt = -Infinity;
    let shown = select(store.getState());
    const draw = (): void => {
      timer = undefined;
      drawnAt = performance.now();
      shown = select(store.getState());
      setValue(() => shown);
    };
    setValue(() => shown);
    const stop = store.subscribe((state) => {
      const next = select(state);
      if (Object.is(next, shown)) return;
      if (next === undefined) {
        clearTimeout(timer);
        draw();
      } else timer ??= setTimeout(draw, Math.max(0, drawnAt + ms - performance.now()));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, select, ms]);
  return value;
}
