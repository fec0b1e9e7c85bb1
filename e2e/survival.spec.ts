import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

test("a training worker that dies is noticed, and the table is still there", async ({ page }) => {
  const { open, inPhase, atStep, drop, button, alert } = lab(page);
  await open("data=ring&model=vae&steps=1000000");
  await inPhase("ready");
  await drop(
    "mine.csv",
    `a,b\n${Array.from({ length: 60 }, (_, i) => `${i % 13},${"xyz"[i % 3]}`).join("\n")}\n`,
  );
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
  await inPhase("ready");
  await button("Train").click();
  await atStep(5);
  for (const worker of page.workers())
    if ((await worker.evaluate(() => self.name)) === "train")
      await worker.evaluate(() => self.close()).catch(() => undefined);
  await expect(alert).toContainText("Your table is safe");
  await inPhase("ready");
  await button("Train").click();
  await atStep(5);
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
