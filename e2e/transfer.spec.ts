import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

/** Birds of another coast: the same columns, larger, and few of them. */
const sightings = (rows: number): string =>
  `species,wing_mm,weight_g,ringed\n${Array.from({ length: rows }, (_, i) => {
    const tern = i % 3 === 0;
    return `${tern ? "tern" : "plover"},${(tern ? 330 : 170) + ((i * 7) % 13)},${(tern ? 130 : 80) + ((i * 11) % 17)},${i % 4 === 0 ? "yes" : "no"}`;
  }).join("\n")}\n`;

test.describe("an analyst has few rows of a new table", () => {
  test("starts from the weights of the last run, and sees source, target and what the model makes", async ({
    page,
  }) => {
    const { open, inPhase, choose, button, step } = lab(page);
    await open("model=vae&steps=60");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");

    await choose("coast.csv", sightings(40));
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await inPhase("ready");
    const start = page.getByRole("combobox", { name: "Start from" });
    await expect(start).toHaveValue("fresh");
    await expect(page.getByText("Island birds has these columns too.")).toBeVisible();
    await button("Start from what was learned there").click();
    await expect(start).toHaveValue("last");
    await expect(start.locator("option:checked")).toHaveText("last run (Island birds, VAE, 60 steps)");
    const legend = page.getByRole("group", { name: "Layers" });
    const source = legend.getByRole("button", { name: "source: Island birds" });
    await expect(source).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("img", { name: /32 real rows, 320 rows of the source table/ })).toBeVisible();

    await page.getByRole("spinbutton", { name: "Steps", exact: true }).fill("5");
    await page.getByRole("spinbutton", { name: "Steps", exact: true }).press("Enter");
    await button("Train").click();
    await inPhase("finished");
    expect(await step()).toBe(5);
    await expect(page.getByText(/All 4 columns carried over\. 100\s% of the weights/)).toBeVisible();

    for (const name of ["real (target)", "synthetic (adapted)"])
      await expect(legend.getByRole("button", { name, exact: true })).toBeVisible();

    // The rows of before are a layer, and a switch.
    await source.click();
    await expect(source).toHaveAttribute("aria-pressed", "false");
    await page.getByRole("switch", { name: "Show the rows of Island birds too" }).uncheck();
    await expect(source).toBeHidden();

    // A link can't carry weights, and says so to whoever opens it.
    expect(page.url()).toContain("weights=carried");
    await page.reload();
    await expect(page.getByRole("alert")).toContainText("which no link carries");
    await expect(start).toHaveValue("fresh");
  });

  test("keeps a run as a file, and starts from it another day", async ({ page }) => {
    const { open, inPhase, button, status } = lab(page);
    await open("data=birds&model=vae&steps=30&s.latent=3");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
    const arriving = page.waitForEvent("download");
    await button("Save run").click();
    const download = await arriving;
    expect(download.suggestedFilename()).toBe("island-birds-vae.likeness.json");
    await expect(status).toContainText("Run saved.");

    await page.goto("about:blank");
    await open("data=birds&steps=1");
    await inPhase("ready");
    await page.getByLabel("Saved run…").setInputFiles({
      name: "birds.likeness.json",
      mimeType: "application/json",
      buffer: await readFile(await download.path()),
    });
    const start = page.getByRole("combobox", { name: "Start from" });
    await expect(start.locator("option:checked")).toHaveText("file (birds.likeness.json, VAE, 30 steps)");
    await button("Train").click();
    await inPhase("finished");
    // A file has what draws rows, and no encoder.
    await expect(page.getByText(/All 10 columns carried over\. \d\d\s% of the weights/)).toBeVisible();
  });

  test("is told why a file is no saved run", async ({ page }) => {
    const { open, inPhase, alert } = lab(page);
    await open("data=ring");
    await inPhase("ready");
    await page
      .getByLabel("Saved run…")
      .setInputFiles({ name: "table.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") });
    await expect(alert).toContainText("table.csv is no saved run");
    await expect(page.getByRole("combobox", { name: "Start from" })).toHaveValue("fresh");
  });
});

test.describe("an analyst asks whether another table's rows help", () => {
  test("tries source rows and synthetic target rows, and reads which of them help", async ({ page }) => {
    const { open, inPhase, choose, button } = lab(page);
    await open("model=vae&steps=60");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
    await choose("coast.csv", sightings(120));
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await inPhase("ready");
    await page.getByRole("tab", { name: "Does it help?" }).click();
    await page.getByRole("combobox", { name: "Experiment", exact: true }).selectOption("transfer");
    await expect(page.getByText("Source: rows of Island birds.")).toBeVisible();
    for (const [name, value] of [
      ["Seeds", "2"],
      ["Steps for each model", "20"],
    ] as const) {
      const box = page.getByRole("spinbutton", { name, exact: true });
      await box.fill(value);
      await box.press("Enter");
    }
    await button("Run").click();
    const verdict = page.getByRole("article", { name: "Verdict" });
    await expect(verdict).toBeVisible({ timeout: 90_000 });
    for (const way of ["target rows alone", "source and target rows", "target and adapted rows"])
      await expect(verdict.getByText(way, { exact: true }).first()).toBeVisible();
    await expect(verdict.getByText(/^The source is 320 rows of Island birds; the target, /)).toBeVisible();
  });
});
