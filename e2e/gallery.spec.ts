/** What goes wrong, on purpose: a failure is opened, seen by its detector, mended by one press, and made worse. */
import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

test("a student lets diffusion take two steps, sees what the detector sees, mends it and makes it worse", async ({
  page,
}) => {
  const { open, inPhase, button } = lab(page);
  await open("data=birds");
  await inPhase("ready");
  await button("Learn").click();
  const gallery = page.getByRole("list", { name: "What goes wrong" });
  await expect(gallery.getByRole("listitem")).toHaveCount(7);
  await gallery.getByRole("button", { name: "Too short a noise schedule" }).press("Enter");

  const panel = page.getByRole("region", { name: "Too short a noise schedule" });
  await expect(panel).toContainText("The lab is set for this step.");
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "ring");
  await expect(page).toHaveURL(/lesson=short-schedule\.seen/);
  await inPhase("ready");
  await panel.getByRole("button", { name: "Run it" }).press("Enter");
  await expect(panel.getByRole("status")).toHaveText("The detector sees it.", { timeout: 30_000 });
  await expect(panel.locator("blockquote")).toContainText(/drawn in 2 steps\. \d+ of 400 lie near a cluster/);
  await inPhase("finished");
  expect(await violations(page)).toEqual([]);
  // Neither its evidence nor its remedy's name runs out of the column.
  expect(await panel.evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBeLessThanOrEqual(0);

  await panel.getByRole("button", { name: "Mend it: Draw in 20 steps and go on" }).press("Enter");
  await expect(panel.getByText("With the remedy the detector sees nothing.")).toBeVisible();
  // What a person did as they were told is no fault of theirs.
  await expect(panel.getByText("Well done: you have changed what was wrong here.")).toBeVisible();
  await expect(panel.getByText("The lab is not as this step has it.")).toHaveCount(0);
  await expect(page.getByRole("spinbutton", { name: "Sampling steps" })).toHaveValue("20");
  await inPhase("finished");
  await expect(panel).toContainText(/Distance to held-out rows: 0\.0\d\d before, -?0\.0\d\d now/);
  expect(await violations(page)).toEqual([]);

  await panel.getByRole("button", { name: "Make it worse" }).press("Enter");
  await expect(page).toHaveURL(/lesson=short-schedule\.worse/);
  await expect(page.getByRole("spinbutton", { name: "Sampling steps" })).toHaveValue("1");
  await expect(panel.getByRole("heading", { name: "One step" })).toBeVisible();
  await expect(panel.getByText("Well done")).toHaveCount(0);
  await panel.getByRole("button", { name: "As it was" }).press("Enter");
  await expect(panel).toContainText("The lab is set for this step.");
  await page.getByRole("spinbutton", { name: "Sampling steps" }).fill("3");
  await page.getByRole("spinbutton", { name: "Sampling steps" }).press("Enter");
  await expect(panel).toContainText("The lab is not as this step has it.");
});

test("a link opens a failure, with the time that it needs", async ({ page }) => {
  const { open, inPhase, button } = lab(page);
  await open("lesson=oscillation.seen");
  await inPhase("ready");
  await expect(page.getByRole("region", { name: "Oscillation" })).toContainText("Round and round");
  await expect(page.getByRole("combobox", { name: "Speed", exact: true })).toHaveValue("90");
  await button("Learn").click();
  await page.getByRole("button", { name: "Posterior collapse" }).click();
  await expect(page).toHaveURL(/s\.beta=8/);
  await inPhase("ready");
});
