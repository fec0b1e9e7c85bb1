/**
 * `npm run --silent bench:lessons` after `npm run build`: is every goal of the course reached with its step's own
 * settings, and in how many seconds? In a real Chromium each step is opened by its link, run as its words say, and its
 * figures are held against the goal until the run is over; the panel's own "Goal reached." must agree. With
 * `--seeds 7,8` each step is run with every seed, the first of which must be the link's own; `--only gan,vae.beta` picks
 * lessons or steps. Prints JSON. `--lab "data=ring&model=vae&steps=500"` runs that instead and prints its figures:
 * for checking what a text is to claim.
 */
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import { chromiumFlags, ensureChromium } from "./chromium.mjs";
import { fail, root } from "./node.mjs";
import { listen, staticServer } from "./serve.mjs";
import { load } from "./sources.mjs";

const said = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const seeds = said("--seeds", "7").split(",").map(Number);
const only = said("--only", "").split(",").filter(Boolean);
const patience = 600_000;
/** Looks at the goal are this far apart, ms; no time is truer. */
const every = 100;

/** In the page: keeps the newest figures that its workers say, by the names that goals use. */
function listenIn() {
  const figures = (globalThis.figures = {});
  globalThis.looks = [];
  const keep = ({ data }) => {
    switch (data?.type) {
      case "scored":
        figures.distance = data.distance;
        break;
      case "inspected":
        if (data.clusters) {
          figures.modes = data.clusters.of - data.clusters.missed;
          globalThis.looks.push([data.step, figures.modes]);
        }
        if (data.memory?.lasting) figures.memorisation = 1;
        break;
      case "dials":
        for (const { name, measured } of data.look.dials)
          if ("value" in measured) figures[name] = measured.value;
        break;
      case "progress":
        figures.step = data.step;
        for (const [name, values] of Object.entries(data.losses.values)) {
          const last = Array.from(values).at(-1);
          if (last !== undefined) figures[name === "KL" ? "kl" : `loss.${name}`] = last;
        }
        break;
      case "reported":
        figures.report = 1;
        for (const { name, measured } of data.card.axes)
          if ("value" in measured) figures[`report.${name}`] = measured.value;
        break;
      case "tried":
        figures.verdict = 1;
    }
  };
  const Plain = Worker;
  globalThis.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", keep);
    }
  };
}

const inPhase = (page, phase) =>
  page.locator(`html[data-state=${phase}]`).waitFor({ timeout: patience, state: "attached" });

/**
 * Runs what the page is set to, and looks on until it is over.
 *
 * @param reached of figures and of whether the run is done
 * @returns seconds until the goal was reached first and until the end, and the last figures
 */
async function runThrough(page, setup, reached) {
  const experiment = setup.view === "helps";
  const report = setup.view === "quality" && reached !== undefined;
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  await page.getByRole("button", { name: experiment ? "Run" : "Train", exact: true }).click();
  let [first, asked, over, trained, complete] = [undefined, false, false, undefined, undefined];
  while (!over) {
    const { figures, state } = await page.evaluate(() => ({
      figures: globalThis.figures,
      state: document.documentElement.dataset.state,
    }));
    if (state === "error" || seconds() > patience / 1000) throw new Error(`The lab is in state “${state}”.`);
    const done = experiment ? figures.verdict === 1 : state === "finished";
    if (done) trained ??= seconds();
    if (first === undefined && reached?.(figures, done)) first = seconds();
    // A report is made of a run that is done; figures of its last rows come a little after its end.
    if (done && report && !asked) {
      asked = true;
      await page.getByRole("button", { name: "Make the report" }).click();
    }
    if (done && (!report || figures.report === 1)) complete ??= seconds();
    // The panel looks twice a second.
    over = seconds() > complete + (experiment || report ? 1 : 4);
    if (!over) await page.waitForTimeout(every);
  }
  const figures = await page.evaluate(() => globalThis.figures);
  const modes = await page.evaluate(() => globalThis.looks);
  const found = await page.locator("section[aria-labelledby=findings-heading] li > b").allTextContents();
  return { seconds: first, trained, figures, modes, found };
}

const rounded = (value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);
const tidy = (record) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, rounded(value)]));

const { course, setupOf } = await load("/src/lessons/course.ts");
const { isReached } = await load("/src/lessons/goal.ts");
const server = await staticServer(path.join(root, "dist")).catch(() =>
  fail("There is no dist/ yet: npm run build."),
);
const port = await listen(server, { port: 0, host: "127.0.0.1" });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });

async function open(hash) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(listenIn);
  await page.goto(`http://127.0.0.1:${port}/?backend=wasm#v=1&${hash}`);
  await inPhase(page, "ready");
  return page;
}

async function takeStep(lesson, step, seed) {
  const key = `${lesson.id}.${step.id}`;
  const own = seed === seeds[0];
  const page = await open(own ? `lesson=${key}` : `lesson=${key}&${step.lab}&seed=${seed}`);
  const { goal } = step;
  const reached = goal && ((figures, done) => isReached(goal, figures, done));
  const ran = await runThrough(page, setupOf(step), reached);
  // The panel knows its own settings only.
  const panel = own && goal ? await page.getByText("Goal reached.").isVisible() : undefined;
  await page.close();
  if (panel !== undefined && panel !== (ran.seconds !== undefined))
    process.stderr.write(
      `${key}: the panel says ${panel ? "reached" : "not reached"}, the figures do not.\n`,
    );
  process.stderr.write(
    `${key} seed ${seed}: ${ran.seconds?.toFixed(1) ?? "not reached"} of ${ran.trained.toFixed(1)} s\n`,
  );
  return {
    step: key,
    seed,
    goal: goal?.words,
    said: goal?.withinSeconds,
    reached: goal && ran.seconds !== undefined,
    panel,
    seconds: rounded(ran.seconds),
    trained: rounded(ran.trained),
    figures: tidy(ran.figures),
    // How many clusters were hit as it went, by step.
    modes: ran.modes.map((look) => look.join(":")).join(" "),
    found: ran.found,
  };
}

async function tryLab(lab, seed) {
  const page = await open(`${lab}&seed=${seed}`);
  const view = new URLSearchParams(lab).get("view");
  const ran = await runThrough(page, { view }, undefined);
  await page.close();
  return { lab, seed, trained: rounded(ran.trained), figures: tidy(ran.figures), found: ran.found };
}

try {
  const lab = said("--lab", undefined);
  const runs = [];
  if (lab !== undefined)
    for (const each of lab.split(" "))
      for (const seed of seeds) {
        const ran = await tryLab(each, seed);
        process.stderr.write(`${JSON.stringify(ran)}\n`);
        runs.push(ran);
      }
  else
    for (const lesson of course)
      for (const step of lesson.steps) {
        const wanted =
          only.length === 0 || only.includes(lesson.id) || only.includes(`${lesson.id}.${step.id}`);
        if (!wanted || (step.goal === undefined && step.predict === undefined)) continue;
        for (const seed of seeds) runs.push(await takeStep(lesson, step, seed));
      }
  const machine = {
    cpu: cpus()[0]?.model ?? "",
    cores: cpus().length,
    load: loadavg(),
    date: new Date().toISOString(),
  };
  process.stdout.write(`${JSON.stringify({ runs, browser: browser.version(), machine }, null, 2)}\n`);
} finally {
  await browser.close();
  server.close();
}
process.exit();
