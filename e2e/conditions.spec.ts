import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import Papa from "papaparse";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

type Table = Record<string, string>[];
// The project declares only the part of Papa Parse that it uses itself.
const { parse } = Papa as unknown as { parse(text: string, options: { header: true }): { data: Table } };

/** Presses a button and reads the file that comes of it. */
async function taken(page: Page, button: string): Promise<{ name: string; rows: Table }> {
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  const download = await arriving;
  const text = await readFile(await download.path(), "utf8");
  return { name: download.suggestedFilename(), rows: parse(text.trimEnd(), { header: true }).data };
}

test.describe("somebody who needs rows of one kind", () => {
  test.beforeEach(async ({ page }) => {
    const { open, inPhase, button } = lab(page);
    await open("data=birds&model=diffusion&steps=120");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
  });

  test("asks for a category, its share and a range, and gets just those", async ({ page }) => {
    await page.getByRole("button", { name: "Only rows where …" }).click();
    await page.getByRole("button", { name: "and where …" }).click();
    const rows = page.getByRole("list", { name: "Conditions" }).getByRole("listitem");
    await expect(rows).toHaveCount(2);
    await rows.nth(0).getByRole("combobox", { name: "Column" }).selectOption("sex");
    await rows.nth(0).getByRole("combobox", { name: "sex is" }).selectOption("female");
    await rows.nth(0).getByRole("spinbutton").fill("75");
    await rows.nth(0).getByRole("spinbutton").press("Enter");
    await rows.nth(1).getByRole("combobox", { name: "Column" }).selectOption("wing_mm");
    await rows.nth(1).getByRole("textbox", { name: "wing_mm to" }).fill("190");
    await page.getByRole("spinbutton", { name: "Rows", exact: true }).fill("40");
    const { rows: made } = await taken(page, "Download CSV");
    expect(made).toHaveLength(40);
    expect(made.filter(({ sex }) => sex === "female")).toHaveLength(30);
    expect(made.every(({ wing_mm }) => wing_mm !== "" && Number(wing_mm) <= 190)).toBe(true);
    await expect(lab(page).status).toContainText("40 synthetic rows written: 75 % with sex = female");
    expect(await violations(page, "#results")).toEqual([]);

    // What no row is like is said, and nothing is lost.
    await rows.nth(1).getByRole("textbox", { name: "wing_mm from" }).fill("9000");
    await rows.nth(1).getByRole("textbox", { name: "wing_mm to" }).fill("");
    await lab(page).button("Download CSV").click();
    await expect(lab(page).alert).toContainText('No training row has "wing_mm" from 9000 on');
    await expect(rows).toHaveCount(2);
  });

  test("moves sliders by keys, and the boxes follow, and the other way round", async ({ page }) => {
    await page.getByRole("button", { name: "Only rows where …" }).click();
    const row = page.getByRole("list", { name: "Conditions" }).getByRole("listitem");
    const column = row.getByRole("combobox", { name: "Column" });
    await column.selectOption("sex");
    await expect(row).toContainText("% in the table");
    const share = row.getByRole("slider", { name: "Percent of rows with this sex, slider" });
    await share.press("PageDown");
    await share.press("ArrowLeft");
    await expect(row.getByRole("spinbutton")).toHaveValue("89");
    await row.getByRole("spinbutton").fill("20");
    await row.getByRole("spinbutton").press("Enter");
    await expect(share).toHaveAttribute("aria-valuenow", "20");

    await column.selectOption("wing_mm");
    const [from, to] = [row.getByRole("textbox", { name: "from" }), row.getByRole("textbox", { name: "to" })];
    const low = row.getByRole("slider", { name: "wing_mm from, slider" });
    await expect(low).toHaveAttribute("aria-valuetext", "no lower end");
    await low.press("PageUp");
    await expect(from).not.toHaveValue("");
    await expect(to).toHaveValue("");
    await expect(low).toHaveAttribute("aria-valuetext", await from.inputValue());
    await low.press("Home");
    await expect(from).toHaveValue("");
    expect(await violations(page, "#results")).toEqual([]);
  });

  test("gets the table back with its gaps filled", async ({ page }) => {
    const { name, rows } = await taken(page, "Fill gaps");
    expect(name).toBe("island-birds-filled.csv");
    expect(rows).toHaveLength(400);
    await expect(lab(page).status).toContainText("every other cell is as it was");
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toBe("");
  });
});
