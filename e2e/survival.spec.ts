import { expect, test, type Page, type Worker } from "@playwright/test";
import { lab } from "./lab.ts";

/** The training workers there are: a moment after a loss there may be none. */
async function trainers(page: Page): Promise<Worker[]> {
  const named = await Promise.all(
    page.workers().map(async (worker) => ((await nameOf(worker)) === "train" ? [worker] : [])),
  );
  return named.flat();
}
const nameOf = (worker: Worker): Promise<string> => worker.evaluate(() => self.name).catch(() => "");

/** Table rows of the losses: name, first, latest. */
const lossSteps = (page: Page): Promise<string | null> =>
  page.getByRole("img", { name: /^Loss curves/ }).getAttribute("aria-label");

test("a training worker that dies again and again loses nothing: the run goes on without a click", async ({
  page,
}) => {
  const { open, inPhase, atStep, step, drop, button, alert, status } = lab(page);
  await open("data=ring&model=vae&steps=1000000");
  await inPhase("ready");
  await drop(
    "mine.csv",
    `a,b\n${Array.from({ length: 60 }, (_, i) => `${i % 13},${"xyz"[i % 3]}`).join("\n")}\n`,
  );
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
  await inPhase("ready");
  await button("Train").click();
  for (let death = 0; death < 3; death++) {
    await atStep((await step()) + 200);
    const reached = await step();
    for (const worker of await trainers(page)) await worker.evaluate(() => self.close()).catch(() => {});
    await expect(status).toContainText(
      /The training worker stopped at step [\d,]+; training (went on|began)/,
    );
    await atStep(reached + 100);
    await inPhase("training");
  }
  await expect(alert).toHaveCount(0);
  expect(await lossSteps(page)).toMatch(/up to step \d+/);

  // A run that rests comes back as it was, and its rows can be taken.
  await button("Pause").click();
  await inPhase("paused");
  const rested = await step();
  for (const worker of await trainers(page)) await worker.evaluate(() => self.close()).catch(() => {});
  await expect(status).toContainText("the model is back as it was at step");
  expect(await step()).toBe(rested);
  await inPhase("paused");
  const download = page.waitForEvent("download");
  await button("Download CSV").click();
  await download;
});

test("a GPU that is taken away in mid-run is opened again, and the run goes on", async ({ page }) => {
  const { open, inPhase, atStep, step, button, alert, status } = lab(page);
  await open("data=ring&model=vae&s.hidden=8&s.latent=2&s.batch=8&steps=100000", "?backend=webgpu");
  await inPhase("ready");
  await button("Train").click();
  for (let loss = 0; loss < 2; loss++) {
    await atStep((await step()) + 5);
    const reached = await step();
    for (const worker of await trainers(page))
      await worker.evaluate(() => {
        // The lab's device is its own: whoever next gives it orders takes it away.
        const { createCommandEncoder } = GPUDevice.prototype;
        GPUDevice.prototype.createCommandEncoder = function (...given) {
          this.destroy();
          return createCommandEncoder.apply(this, given);
        };
      });
    await expect(status).toContainText(/The GPU was lost at step \d+; training (went on|began)/);
    await atStep(reached + 5);
  }
  await inPhase("training");
  await expect(alert).toHaveCount(0);
  await expect(page.locator("html")).toHaveAttribute("data-backend", "webgpu");
});

test("a run that diverges stops with words and keeps the last good weights", async ({ page }) => {
  const { open, inPhase, button, drop, alert } = lab(page);
  await open("data=ring&model=vae&steps=100000");
  await inPhase("ready");
  // Numbers whose squares no float holds, fed to the model as they are.
  await drop("far.csv", `a,b\n${Array.from({ length: 60 }, (_, i) => `${i % 13}e29,${i % 7}`).join("\n")}\n`);
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
  await page.getByText("Advanced: split and encoding").click();
  await page.getByLabel(/Numbers/).selectOption("none");
  await inPhase("ready");
  await button("Train").click();
  await expect(alert).toContainText(/diverged by step \d+.*last good ones, are back/i);
  await inPhase("paused");
  // It never learned anything, so there are no rows to take.
  await expect(button("Download CSV")).toBeDisabled();
});
