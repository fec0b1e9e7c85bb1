/** Issue 7: a person tells synthetic rows from real ones, beside a classifier and beside chance. */
import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

test("a student spots the fake among rows, and among images", async ({ page }) => {
  const { open, inPhase, button } = lab(page);
  await open("data=birds&model=vae&steps=60&view=rows");
  await inPhase("ready");
  await button("Spot the fake").click();
  const dialog = page.getByRole("dialog", { name: "Spot the fake" });
  await expect(dialog).toContainText("There are no synthetic rows yet");
  await page.keyboard.press("Escape");
  await button("Train").click();
  await inPhase("finished");
  await button("Spot the fake").click();
  await expect(dialog.getByRole("row")).toHaveCount(11);
  const boxes = dialog.getByRole("checkbox");
  for (const row of [0, 3, 5, 6, 9]) await boxes.nth(row).check();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Show which" }).click();
  await expect(dialog.getByText("synthetic", { exact: true })).toHaveCount(5);
  await expect(dialog.getByText("real", { exact: true })).toHaveCount(5);
  const status = dialog.getByRole("status");
  await expect(status).toContainText(/You\s*[01]\.\d\d\s*Boosted trees\s*[01]\.\d\d\s*Guessing\s*0\.50/);
  await expect(status).toContainText(/Among \d+ other rows the trees reach/);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Ten others" }).click();
  await expect(boxes.first()).toBeEnabled();
  await page.keyboard.press("Escape");

  await open("data=glyphs-8&model=vae&steps=30");
  await inPhase("ready");
  await button("Train").click();
  await inPhase("finished");
  await button("Spot the fake").click();
  await expect(dialog.getByRole("img")).toHaveCount(10);
  await boxes.nth(2).check();
  await dialog.getByRole("button", { name: "Show which" }).click();
  await expect(status).toContainText("AUC: 1 tells all apart");
});
