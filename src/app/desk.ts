/** What the parts of the conductor share: the state that the page shows, and the lines to the workers. */
import type { StoreApi } from "zustand/vanilla";
import type { Lines } from "../bridge/lines.ts";
import type { Setup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";

export interface Desk {
  readonly lines: Lines;
  get(): LabState;
  patch(change: Partial<LabState>): void;
  setup(): Setup;
  /** Changes the setup, and nothing that runs. */
  choose(change: Partial<Setup>): void;
}

export function openDesk(store: StoreApi<LabState>, lines: Lines): Desk {
  const patch = (change: Partial<LabState>): void => store.setState(change);
  const setup = (): Setup => store.getState().setup;
  return {
    lines,
    get: () => store.getState(),
    patch,
    setup,
    choose: (change) => patch({ setup: { ...setup(), ...change } }),
  };
}
