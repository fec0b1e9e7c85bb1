/**
 * `npm run --silent bench:racing` after `npm run build`: is a race fair, and does it score its racers as they would be
 * scored alone? In a real Chromium, through the page's own dialog, the usual four race for `--seconds 30` each on every
 * data set of `--data grid,birds`; then each runs by itself in a race worker of its own with as many steps.
 * Prints, as JSON, how far each racer's share of the worker's time is from an equal one, and the greatest difference of a
 * figure to the same run's made alone. `--no-alone` leaves the second half out, which takes as long as the first.
 */
import { cpus } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import { chromiumFlags, ensureChromium } from "./chromium.mjs";
import { fail, root } from "./node.mjs";
import { listen, staticServer } from "./serve.mjs";

const said = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const seconds = Number(said("--seconds", "30"));
const datasets = said("--data", "grid,birds").split(",");
const alone = !process.argv.includes("--no-alone");
const backend = "wasm";
/** Judging and drawing included, ms for a second of training. */
const patience = 120_000 + 12_000 * seconds;

/** In the page: notes what race workers are told and say, and puts `config` in the place of the next race's. */
function listenIn() {
  const heard = (globalThis.heard = { said: [], told: undefined, config: undefined });
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type !== "race" || !("config" in message)) return postMessage.call(this, message, ...rest);
    heard.said = [];
    heard.told = { ...message.config, ...heard.config };
    this.addEventListener("message", ({ data }) => {
      if (["judged", "out", "over", "failed", "ready"].includes(data.type))
        heard.said.push({ ...data, scene: undefined });
    });
    return postMessage.call(this, { ...message, config: heard.told }, ...rest);
  };
}

/** Starts the race in the dialog, and waits until it is over. @returns what its worker was told and said. */
async function race(page, config) {
  await page.evaluate((wanted) => {
    globalThis.heard.config = wanted;
    globalThis.heard.said = [];
  }, config);
  await page.getByRole("button", { name: "Start the race" }).click();
  await page.waitForFunction(
    () => globalThis.heard.said.some(({ type }) => type === "over" || type === "failed"),
    undefined,
    { timeout: patience },
  );
  const { told, said } = await page.evaluate(() => globalThis.heard);
  const bad = said.find(({ type }) => type === "failed" || type === "out");
  if (bad) throw new Error(bad.message);
  return { told, said, judged: said.filter(({ type }) => type === "judged") };
}

/** The greatest difference of two figures, and of what they are made. */
const apart = (one, other) =>
  typeof one === "number"
    ? Math.abs(one - other)
    : Math.max(0, ...Object.keys(one).map((key) => apart(one[key], other[key] ?? NaN)));

async function measure(browser, port, dataset) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(listenIn);
  await page.goto(`http://127.0.0.1:${port}/?backend=${backend}#v=1&data=${dataset}`);
  await page.locator("html[data-state=ready], html[data-state=training]").waitFor({ timeout: patience });
  await page.getByRole("button", { name: "Race models" }).click();
  await page.getByLabel("Seconds for each").fill(String(seconds));
  const { told, said, judged } = await race(page);
  const mean = judged.reduce((sum, { spent }) => sum + spent, 0) / judged.length;
  const racers = [];
  for (const { racer, step, spent, figures, rowsPerSecond } of judged) {
    const { id } = told.racers[racer];
    let off;
    if (alone) {
      const config = { ...told, racers: [told.racers[racer]], budget: { unit: "steps", amount: step } };
      const [run] = (await race(page, config)).judged;
      if (run.step !== step) throw new Error(`${id} took ${run.step} steps alone, not ${step}.`);
      off = apart(figures, run.figures);
    }
    racers.push({ model: id, step, spent, share: spent / mean - 1, figures, rowsPerSecond, fromAlone: off });
    process.stderr.write(`${dataset} ${id}: ${step} steps in ${spent.toFixed(2)} s, off ${off ?? "–"}\n`);
  }
  await page.close();
  return { dataset, backend: said.find(({ type }) => type === "ready").backend, seed: told.seed, racers };
}

const server = await staticServer(path.join(root, "dist")).catch(() =>
  fail("There is no dist/ yet: npm run build."),
);
const port = await listen(server, { port: 0, host: "127.0.0.1" });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
try {
  const races = [];
  for (const dataset of datasets) races.push(await measure(browser, port, dataset));
  const machine = { cpu: cpus()[0]?.model ?? "", cores: cpus().length, date: new Date().toISOString() };
  process.stdout.write(
    `${JSON.stringify({ seconds, races, browser: browser.version(), machine }, null, 2)}\n`,
  );
} finally {
  await browser.close();
  server.close();
}
