/** How views reach the lab: state by selector, actions by name. */
import { createContext, useContext, useRef } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Actions } from "../store/actions.ts";
import type { LabState } from "../store/state.ts";

export interface Lab {
  readonly store: StoreApi<LabState>;
  readonly actions: Actions;
}

export const LabContext = createContext<Lab | undefined>(undefined);

function lab(value: Lab | undefined): Lab {
  if (value === undefined) throw new Error("A view is drawn outside <LabContext>.");
  return value;
}

/** Re-renders when what `select` picks has changed (by identity, or as `same` has it). */
export function useLab<T>(select: (state: LabState) => T, same: (a: T, b: T) => boolean = Object.is): T {
  const before = useRef<{ readonly value: T }>(undefined);
  return useStore(lab(useContext(LabContext)).store, (state) => {
    const value = select(state);
    if (before.current === undefined || !same(before.current.value, value)) before.current = { value };
    return before.current.value;
  });
}

export function useActions(): Actions {
  return lab(useContext(LabContext)).actions;
}

/** For hot series: subscribe outside React (`store.subscribe`) and draw by hand. */
export function useLabStore(): StoreApi<LabState> {
  return lab(useContext(LabContext)).store;
}
