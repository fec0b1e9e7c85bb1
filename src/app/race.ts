/** A race and its worker, which is there while it is under way and no longer. Loaded when one is first asked for. */
import { createStore } from "zustand/vanilla";
import { openRaceLine } from "../bridge/race.ts";
import { t } from "../language/words.ts";
import { foldRace, noRace, starting, underWay, type Race, type RaceState } from "../store/race.ts";
import type { Desk } from "./desk.ts";
import type { Runs } from "./runs.ts";
import type { Tables } from "./tables.ts";

export function openRace({ lines, get }: Desk, tables: Tables, runs: Runs): Race {
  const store = createStore<RaceState>(() => noRace);
  let line: ReturnType<typeof openRaceLine> | undefined;

  function end(): void {
    line?.terminate();
    line = undefined;
  }

  return {
    store,
    start(wanted) {
      end();
      const { setup, phase, backend } = get();
      // Two workers that train would share the cores, and neither's clock would be fair.
      if (phase === "training") runs.tell({ type: "pause" });
      const config = { ...wanted, seed: tables.preparedSeed, dataset: setup.dataset };
      store.setState(starting(config), true);
      const opened = openRaceLine({
        onEvent(event) {
          if (line !== opened) return;
          store.setState((state) => foldRace(state, event));
          if (event.type === "over" || (event.type === "failed" && event.fatal)) end();
        },
        onDeath(reason) {
          if (line !== opened) return;
          line = undefined;
          store.setState({
            status: "failed",
            message: t`The race's worker stopped (${reason}). Start the race again.`,
          });
        },
      });
      line = opened;
      const { port1, port2 } = new MessageChannel();
      lines.lendRows(port2);
      line.post({ type: "race", port: port1, config, ...(backend && { backend: backend.name }) }, [port1]);
    },
    enough: () => line?.post({ type: "enough" }),
    cancel() {
      end();
      if (underWay(store.getState())) store.setState({ status: "cancelled" });
    },
  };
}
