import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

test.describe("an experiment travels by link", () => {
  test("a reload keeps the setup and trains nothing by itself", async ({ page }) => {
    const { open, inPhase, step } = lab(page);
    await open();
    await inPhase("training");
    await page.getByRole("combobox", { name: "Dataset" }).selectOption("moons");
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "moons");
    await page.getByRole("combobox", { name: "Model" }).selectOption("vae");
    await page.getByRole("spinbutton", { name: "Seed", exact: true }).fill("42");
    await page.getByRole("spinbutton", { name: "Seed", exact: true }).press("Enter");
    await expect.poll(() => new URL(page.url()).hash).toContain("seed=42");
    await page.reload();
    await inPhase("ready");
    const html = page.locator("html");
    await expect(html).toHaveAttribute("data-dataset", "moons");
    await expect(html).toHaveAttribute("data-model", "vae");
    await expect(page.getByRole("spinbutton", { name: "Seed", exact: true })).toHaveValue("42");
    expect(await step()).toBe(0);
  });

  test("the same link gives the same rows elsewhere", async ({ browser }) => {
    const rows: string[] = [];
    for (let visit = 0; visit < 2; visit++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const { open, inPhase, button } = lab(page);
      await open("data=birds&model=vae&steps=15&seed=5");
      await inPhase("ready");
      await button("Train").click();
      await inPhase("finished");
      const arriving = page.waitForEvent("download");
      await button("Download CSV").click();
      const stream = await (await arriving).createReadStream();
      let text = "";
      for await (const piece of stream) text += String(piece);
      rows.push(text);
      await context.close();
    }
    expect(rows[0]!.split("\n").length).toBeGreaterThan(100);
    expect(rows[1]).toBe(rows[0]);
  });

  test("Share copies it", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { open, inPhase, button } = lab(page);
    await open("data=spirals&model=gan&s.latent=9");
    await inPhase("ready");
    await button("Share").click();
    // What was in the clipboard before stays there until the browser has taken the link.
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toBe(page.url());
    expect(await copied()).toContain("s.latent=9");
  });

  test("a broken link opens the lab and says what was ignored", async ({ page }) => {
    const { open, inPhase, alert } = lab(page);
    await open("data=ring&model=perceptron&holdout=nine");
    await inPhase("ready");
    await expect(alert).toContainText("model");
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "ring");
  });
});
