/** The composition root: link, workers, state and views meet here and nowhere else. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openLines } from "../bridge/lines.ts";
import type { BackendName } from "../protocol/run.ts";
import { readLink, writeLink } from "../share/link.ts";
import type { LabState } from "../store/state.ts";
import { LabContext } from "../views/context.ts";
import { fetchLater } from "../views/kit/later.ts";
import { Lab } from "../views/Lab.tsx";
import "../views/theme.css";
import { conduct } from "./conductor.ts";

const backends: readonly BackendName[] = ["webgpu", "wasm", "cpu"];
const asked = new URLSearchParams(location.search).get("backend");
const forced = backends.find((name) => name === asked);
const link = readLink(location.hash);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

const lab = conduct({
  openLines,
  setup: link.setup,
  faults: [
    ...link.faults,
    ...(asked !== null && forced === undefined
      ? [`“${asked.slice(0, 40)}” is no backend; ?backend= takes webgpu, wasm or cpu.`]
      : []),
  ],
  // A link sets the controls and runs nothing; the bare page begins by itself, unless motion is unwelcome.
  autoTrain: !link.found && !calm,
  ...(forced !== undefined && {
    forcedBackend: forced,
    anyBackend: () => location.pathname + location.hash,
  }),
});

/** For scripts and assistive technology: the contract in README, "For scripts". */
function mirror(state: LabState): void {
  const { dataset } = document.documentElement;
  dataset["state"] = state.phase;
  dataset["step"] = String(state.training.step);
  dataset["backend"] = state.backend?.name ?? "";
  dataset["model"] = state.setup.model;
  dataset["dataset"] = state.setup.dataset;
}

let written = location.hash.slice(1);
function remember(state: LabState): void {
  const hash = writeLink(state.setup);
  if (hash === written) return;
  written = hash;
  try {
    history.replaceState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
  } catch {
    written = ""; // Safari refuses many changes in a row; the next one takes this one along
  }
}

mirror(lab.store.getState());
lab.store.subscribe((state, before) => {
  mirror(state);
  if (state.setup !== before.setup) remember(state);
});
// A link pasted into the address bar of an open lab is a new experiment. Any other change, such as a skip link's,
// is none: the setup takes its place in the address back, and the table stays.
addEventListener("hashchange", () => {
  if (location.hash.slice(1) === written) return;
  if (readLink(location.hash).found) location.reload();
  else history.replaceState(null, "", written === "" ? location.pathname + location.search : `#${written}`);
});

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <LabContext value={lab}>
      <Lab />
    </LabContext>
  </StrictMode>,
);
// Two frames: the first may be drawn before React is done.
requestAnimationFrame(() => requestAnimationFrame(fetchLater));
