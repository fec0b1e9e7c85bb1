/**
 * Takes the README's pictures: the built lab in a real Chromium, wide and narrow,
 * light and dark, once its model has learned for a while, the report that it makes
 * of it, and a race's scoreboard. `npm run screenshots` after `npm run build`;
 * `-- report` or `-- race` takes these alone.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { chromiumFlags, ensureChromium } from "./chromium.mjs";
import { fail, root } from "./node.mjs";
import { listen, staticServer } from "./serve.mjs";

const pictures = [
  { name: "lab-light", width: 1440, height: 900, colorScheme: "light" },
  { name: "lab-dark", width: 1440, height: 900, colorScheme: "dark" },
  { name: "lab-phone-light", width: 390, height: 844, colorScheme: "light" },
  { name: "lab-phone-dark", width: 390, height: 844, colorScheme: "dark" },
];
const reports = pictures
  .slice(0, 2)
  .map((picture) => ({ ...picture, name: picture.name.replace("lab", "report") }));
const races = reports.map((picture) => ({ ...picture, name: picture.name.replace("report", "race") }));
const wanted = process.argv.includes("report")
  ? reports
  : process.argv.includes("race")
    ? races
    : [...pictures, ...reports, ...races];
/** Seconds for each racer. */
const racing = "10";
/** Steps after which there is something to see, and how long to wait for them, ms. */
const steps = 300;
const patience = 120_000;

async function keep(page, name) {
  await page.screenshot({ path: path.join(root, `docs/${name}.png`) });
  process.stdout.write(`docs/${name}.png\n`);
  await page.close();
}

mkdirSync(path.join(root, "docs"), { recursive: true });
const server = await staticServer(path.join(root, "dist")).catch(() =>
  fail("There is no dist/ yet: npm run build."),
);
const port = await listen(server, { port: 0, host: "127.0.0.1" });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
try {
  for (const { name, width, height, colorScheme } of wanted) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    page.on("pageerror", (error) => process.stderr.write(`${name}: ${error.message}\n`));
    // No graphics card is asked for: a software one is slower than wasm.
    const lab = `http://127.0.0.1:${port}/?backend=wasm`;
    if (name.startsWith("race")) {
      await page.goto(`${lab}#v=1&data=grid`);
      await page.locator("html[data-state=ready]").waitFor({ timeout: patience });
      await page.getByRole("button", { name: "Race models" }).click();
      await page.getByLabel("Seconds for each").fill(racing);
      await page.getByRole("button", { name: "Start the race" }).click();
      await page.locator("[data-race=over]").waitFor({ timeout: patience });
      await page.getByRole("heading", { name: "Scoreboard" }).evaluate((head) => head.scrollIntoView());
      await page.waitForTimeout(500);
      await keep(page, name);
      continue;
    }
    await page.goto(lab);
    await page.waitForFunction(
      (enough) => {
        const { state, step } = document.documentElement.dataset;
        return state === "finished" || state === "error" || (state === "training" && Number(step) >= enough);
      },
      steps,
      { timeout: patience },
    );
    const state = await page.getAttribute("html", "data-state");
    if (state === "error") process.stderr.write(`${name}: the lab says that something is wrong\n`);
    // Charts load late and draw a few times a second.
    await page.waitForTimeout(1_500);
    if (name.startsWith("report")) {
      await page.getByRole("tab", { name: "Quality", exact: true }).click();
      await page.getByRole("button", { name: "Make the report" }).click();
      await page.getByRole("article", { name: "Report" }).waitFor({ timeout: patience });
    }
    await keep(page, name);
  }
} finally {
  await browser.close();
  server.close();
}
