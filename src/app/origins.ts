/** The choice of a run to begin with: its model and its scale come along, or its weights would mean nothing. */
import { setupLike } from "../store/origins.ts";
import type { Setup } from "../store/setup.ts";
import type { Desk } from "./desk.ts";
import type { Tables } from "./tables.ts";

export interface OriginChoices {
  choose(weights: Setup["weights"]): void;
  showSource(shown: boolean): void;
}

export function originChoices({ lines, get, patch, setup, choose }: Desk, tables: Tables): OriginChoices {
  function showSource(shown: boolean): void {
    patch({ origins: { ...get().origins, shown } });
    lines.analysis({ type: "showSource", shown });
  }
  return {
    choose(weights) {
      const { origins, data } = get();
      const note = weights === "fresh" ? undefined : origins[weights];
      choose({ weights: note === undefined ? "fresh" : weights, ...(note && setupLike(note, setup())) });
      if (weights === "last" && note?.cloud === true && !origins.shown) showSource(true);
      const images = data.summary?.image !== undefined;
      if (weights === "file" && note?.numeric !== undefined && note.numeric !== setup().numeric && !images)
        tables.prepareWith({ numeric: note.numeric });
    },
    showSource,
  };
}
