import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";
import { mixedCsv } from "./mixed.ts";

test.describe("somebody asks how good the rows are", () => {
  test("makes a report, finds the worst column, saves it and reads the same figures without the lab", async ({
    page,
    context,
  }, testInfo) => {
    const { open, inPhase, drop, button } = lab(page);
    await open("model=vae&steps=120");
    await inPhase("ready");
    await drop("staff.csv", mixedCsv(600));
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");

    await page.getByRole("tab", { name: "Quality", exact: true }).click();
    await button("Make the report").click();
    // A wait can be ended, and begun again.
    await button("Cancel").click();
    await button("Make the report").click();
    await expect(page.getByRole("progressbar", { name: "Making the report" })).toBeVisible();
    const report = page.getByRole("article", { name: "Report" });
    await expect(report).toBeVisible();
    await expect(report).toContainText("VAE, step 120");
    const gauges = report.locator("[data-axis]");
    await expect(gauges).toHaveCount(6);
    const figures = await gauges.locator("h3 b").allTextContents();
    expect(figures.filter((figure) => /^\d\.\d\d$/.test(figure)).length).toBeGreaterThanOrEqual(5);
    expect(await violations(page)).toEqual([]);
    // Beside the live figures its own say of which step they are, and bars say how far they reach.
    const results = page.getByRole("complementary", { name: "Results" });
    await expect(results).toContainText("Report: VAE, step 120");
    await expect(results).toContainText("Now, step 120");
    await expect(results).toContainText(/A full bar is 0\.\d+, of 1 at most/);

    // From a bad score to the column that causes it.
    await gauges
      .first()
      .getByText(/The mean of/)
      .click();
    await gauges.first().getByRole("button", { name: "Column shapes" }).click();
    const rows = report.locator("li > button[aria-expanded]");
    const worst = rows.first();
    await expect(worst).toHaveAttribute("aria-expanded", "true");
    const [name = "", error = ""] = [
      await worst.locator("span").first().textContent(),
      await worst.locator("span").last().textContent(),
    ].map((text) => text ?? "");
    const all = (await rows.locator("> span:last-child").allTextContents()).map(Number);
    expect(all).toEqual(all.toSorted((a, b) => b - a));
    await report.getByRole("button", { name: "Its pairs with other columns" }).click();
    await expect(report.getByLabel("Pairs with")).toHaveValue(name);
    await expect(rows.first()).toContainText(name);

    const [download] = await Promise.all([page.waitForEvent("download"), button("Save report").click()]);
    expect(download.suggestedFilename()).toBe("staff-report.html");
    const file = testInfo.outputPath("report.html");
    await download.saveAs(file);

    const alone = await context.newPage();
    const asked: string[] = [];
    alone.on("request", (request) => void asked.push(request.url()));
    await alone.goto(pathToFileURL(file).href);
    expect(await alone.locator(".axis .top b").evaluateAll((found) => found.map(({ firstChild }) => firstChild?.textContent))).toEqual(figures); // prettier-ignore
    const first = alone
      .locator("section", { has: alone.locator("#columns") })
      .locator("summary")
      .first();
    await expect(first).toContainText(name);
    await expect(first).toContainText(error);
    expect(asked).toEqual([pathToFileURL(file).href]);
    expect(await violations(alone)).toEqual([]);
  });
});
