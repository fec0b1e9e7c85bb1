import { createHash } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { lab } from "./lab.ts";

/** A fingerprint of what the stage's upper canvas, the moving one, shows now. */
async function picture(page: Page): Promise<string> {
  const image = await page
    .getByRole("main")
    .locator("canvas")
    .last()
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  return createHash("sha256").update(image).digest("hex");
}

test.describe("a person opens the page", () => {
  test("and sees a model learning without a click", async ({ page }, { annotations }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    const began = Date.now();
    const { open, inPhase, atStep, status } = lab(page);
    await open();
    await inPhase("training");
    await atStep(2);
    // Moving means: the picture changed, and changed again.
    let last = await picture(page);
    for (let changes = 0; changes < 2; changes++) {
      await expect.poll(() => picture(page), { intervals: [50] }).not.toBe(last);
      last = await picture(page);
    }
    annotations.push({ type: "first motion", description: `${Date.now() - began} ms after navigation` });
    console.log(`First moving overlay ${Date.now() - began} ms after navigation.`);
    await expect(status).not.toBeEmpty();
    // Panels scroll by themselves: below the page there is nothing.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
    await expect(page.getByText(/Read 400 rows in .* s, on this device/).first()).toBeVisible();
    expect(errors).toEqual([]);
  });

  test("who asked for less motion, and decides when it starts", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const { open, inPhase, atStep, button, step } = lab(page);
    await open();
    await inPhase("ready");
    await page.waitForTimeout(1_000);
    expect(await step()).toBe(0);
    await button("Train").click();
    await inPhase("training");
    await atStep(1);
  });

  test("and finds the names that scripts rely on", async ({ page }) => {
    const { open, inPhase } = lab(page);
    await open("data=birds&steps=3");
    await inPhase("ready");
    const html = page.locator("html");
    await expect(html).toHaveAttribute("data-dataset", "birds");
    await expect(html).toHaveAttribute("data-model", "diffusion");
    await expect(html).toHaveAttribute("data-backend", "wasm");
    for (const name of ["Train", "Step", "Reset", "Download CSV", "Share"])
      await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
    for (const name of ["Dataset", "Model"])
      await expect(page.getByRole("combobox", { name, exact: true })).toBeVisible();
    for (const name of ["Steps", "Seed", "Rows"])
      await expect(page.getByRole("spinbutton", { name, exact: true })).toBeVisible();
    await expect(page.getByLabel("Open a CSV")).toBeAttached();
  });

  test("at a backend that can't start, and is told so once, with the way on", async ({ page }) => {
    const { open, alert, inPhase, status } = lab(page);
    await page.route("**/*.wasm", (route) => route.abort());
    await open("data=ring");
    await inPhase("error");
    await expect(alert).toContainText("WebAssembly was asked for but can't be used here");
    await expect(status).toHaveText("Training is not possible.");
    await expect(page.getByText("no backend")).toBeVisible();
    await page.getByRole("link", { name: "Use what this machine has" }).click();
    await inPhase("ready");
    expect(new URL(page.url()).search).toBe("");
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "ring");
    await expect(page.locator("html")).toHaveAttribute("data-backend", "cpu");
  });

  test("at a backend that is not there, and is told so", async ({ page }) => {
    const { open, alert } = lab(page);
    await open("", "?backend=abacus");
    await expect(alert).toContainText("abacus");
  });
});
