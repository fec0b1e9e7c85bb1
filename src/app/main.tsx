/** The composition root: link, workers, state and views meet here and nowhere else. */
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { openLines } from "../bridge/lines.ts";
import { spoken, t } from "../language/words.ts";
import type { BackendName } from "../protocol/run.ts";
import { readLink, resultIn, writeLink, type Opened } from "../share/link.ts";
import { noCourse } from "../store/course.ts";
import { defaultSetup } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import { BareLab } from "../views/BareLab.tsx";
import { LabContext } from "../views/context.ts";
import { Lab } from "../views/Lab.tsx";
import "../views/theme.css";
import { conduct, type Conductor } from "./conductor.ts";
import { withLesson } from "./course.ts";

const backends: readonly BackendName[] = ["webgpu", "wasm", "cpu"];
const query = new URLSearchParams(location.search);
const asked = query.get("backend");
const forced = backends.find((name) => name === asked);
/** The stage alone, for slides and articles. */
const bare = query.get("embed") === "1";
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

if (spoken) document.title = t`Likeness: synthetic data, made in your browser`;
const root = createRoot(document.getElementById("root")!);
const show = (page: ReactNode): void => root.render(<StrictMode>{page}</StrictMode>);
/** Workers start when there is something for them to do: a result that is looked at needs none. */
let lab: Conductor | undefined;
/** Whether the address follows the lab's setup; that of a result stays. */
let onStage: "lab" | "result" = "lab";

// ---- the lab ----------------------------------------------------------------

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
  const hash = writeLink(state.setup, state.course.at, state.course.task);
  if (hash === written) return;
  written = hash;
  try {
    history.replaceState(null, "", addressOf(hash));
  } catch {
    written = ""; // Safari refuses many changes in a row; the next one takes this one along
  }
}
const addressOf = (hash: string): string => (hash === "" ? location.pathname + location.search : `#${hash}`);

function start({ setup, faults, found, lesson, task }: Opened, mayTrain: boolean): Conductor {
  const conducted = conduct({
    openLines,
    setup,
    faults: [
      ...faults,
      ...(asked !== null && forced === undefined
        ? [t`“${asked.slice(0, 40)}” is no backend; ?backend= takes webgpu, wasm or cpu.`]
        : []),
    ],
    // A link sets the controls and runs nothing; the bare page begins by itself, unless motion is unwelcome.
    autoTrain: mayTrain && !found && !calm,
    ...(forced !== undefined && { forcedBackend: forced }),
    showFile: (file) => void showFile(file),
    showPacked: (packed) => void showKept(packed),
  });
  if (lesson ?? task) conducted.store.setState({ course: { ...noCourse, at: lesson, task } });
  conducted.store.subscribe((state, before) => {
    if (onStage !== "lab") return;
    mirror(state);
    if (state.setup !== before.setup || state.course !== before.course) remember(state);
  });
  return conducted;
}

function showLab(opened: Opened, mayTrain = true): Conductor {
  lab ??= start(opened, mayTrain);
  onStage = "lab";
  mirror(lab.store.getState());
  show(<LabContext value={lab}>{bare ? <BareLab /> : <Lab />}</LabContext>);
  return lab;
}

// ---- a result ---------------------------------------------------------------

/** The code that shows results; fetched while the lab is idle, so that one can be opened without a network later. */
const viewer = () => import("./viewer.ts");
const unloadable = t`The part of this page that shows results could not be loaded. Reload the page to try again.`;

async function showResult(packed: string): Promise<void> {
  onStage = "result";
  // What goes on in the lab meanwhile waits: nothing trains behind a result.
  if (lab?.store.getState().phase === "training") lab.actions.pause();
  const { dataset } = document.documentElement;
  Object.assign(dataset, { state: "loading", step: "0", backend: "", model: "", dataset: "" });
  const view = await viewer().catch(() => undefined);
  if (view === undefined) return refuse(unloadable);
  const { openShared, ResultPage } = view;
  const opened = await openShared(packed);
  if (typeof opened === "string") return refuse(opened);
  const { result, again, check } = opened;
  const [run] = result.result.runs;
  Object.assign(dataset, { model: run!.setup.model, dataset: run!.setup.dataset, step: String(run!.step) });
  const leave = (): Conductor => {
    // The way back is the browser's own.
    history.pushState(null, "", location.pathname + location.search);
    written = "";
    return showLab({ setup: defaultSetup, faults: [], found: true });
  };
  show(
    <ResultPage
      key={packed}
      opened={result}
      bare={bare}
      onRun={() => leave().actions.runShared(again)}
      onFiles={(files) => {
        if (files.length === 1 && opened.isRunFile(files[0]!)) return void showFile(files[0]!);
        leave().actions.runSharedOn(again, files, check);
      }}
      onLeave={leave}
    />,
  );
  dataset["state"] = "ready";
}

async function showFile(file: File): Promise<void> {
  const view = await viewer().catch(() => undefined);
  if (view === undefined) return refuse(unloadable);
  const packed = await view.openFile(file);
  if (!packed.ok) return refuse(packed.words);
  await showKept(packed.packed);
}

async function showKept(packed: string): Promise<void> {
  // No reload: a file's result may be longer than an address may be, and is looked at without a network.
  history.pushState(null, "", location.pathname + location.search);
  written = "";
  await showResult(packed);
}

/** The lab, and why what was to be shown is not. */
function refuse(words: string): void {
  if (resultIn(location.hash) !== undefined) {
    history.replaceState(null, "", location.pathname + location.search);
    written = "";
  }
  if (lab === undefined) showLab({ setup: defaultSetup, faults: [words], found: false }, false);
  else {
    showLab({ setup: defaultSetup, faults: [], found: true });
    lab.store.setState({ alert: { message: words, detail: "" } });
  }
}

// ---- the address --------------------------------------------------------------

// A link pasted into the address bar of an open lab is a new experiment. Any other change, such as a skip link's,
// is none: the setup takes its place in the address back, and the table stays.
addEventListener("hashchange", () => {
  const packed = resultIn(location.hash);
  if (packed !== undefined) return void showResult(packed);
  if (location.hash.slice(1) === written && onStage === "lab") return;
  if (readLink(location.hash).found) location.reload();
  else if (onStage === "result") showLab({ setup: defaultSetup, faults: [], found: true });
  else history.replaceState(null, "", addressOf(written));
});

const packed = resultIn(location.hash);
if (packed !== undefined) void showResult(packed);
else {
  const opened = readLink(location.hash);
  if (opened.lesson === undefined) showLab(opened);
  else void withLesson(opened).then((placed) => showLab(placed));
  // A failure is said where a result is asked for.
  addEventListener("load", () => setTimeout(() => void viewer().catch(() => undefined), 3_000));
}
