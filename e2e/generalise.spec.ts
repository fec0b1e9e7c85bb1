import { expect, test, type Page } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

/** The figures of the first chart, by what was learned from. */
async function figuresOf(page: Page): Promise<string[]> {
  const figures = page.getByText("The figures", { exact: true }).first();
  await figures.click();
  const rows = await page.getByRole("article", { name: "Verdict" }).locator("tbody tr").allTextContents();
  await figures.click();
  return rows;
}

test.describe("somebody asks whether synthetic rows help", () => {
  test("runs a case in fewer seeds, weighs the test anew, and a link to it gives the same verdict", async ({
    page,
  }) => {
    test.setTimeout(150_000);
    const { open, inPhase, button } = lab(page);
    // The harm case, set by its name; two seeds are enough to see it work.
    await open("data=loans&holdout=0.4&model=copula&view=helps&exp=copula-harm");
    await inPhase("ready");
    const ask = page.getByRole("region", { name: "What is tried" });
    await expect(ask.getByLabel("To be predicted")).toHaveValue("default");
    await expect(ask.getByLabel("Seeds")).toHaveValue("10");
    await ask.getByLabel("Seeds").fill("2");
    await ask.getByLabel("Seeds").press("Enter");

    // A wait can be ended, and begun again.
    await button("Run").click();
    await expect(page.getByRole("progressbar", { name: "Trying" })).toBeVisible();
    await button("Cancel").click();
    await expect(page.getByText("The experiment was cancelled.")).toBeVisible();
    await button("Run").click();
    const verdict = page.getByRole("article", { name: "Verdict" });
    await expect(verdict).toBeVisible({ timeout: 60_000 });
    const comparisons = verdict.getByRole("list", { name: "Comparisons" }).first();
    await expect(comparisons).toContainText("Adding 10,000 synthetic rows to 1,000 real ones");
    const [words, figures] = [await comparisons.textContent(), await figuresOf(page)];
    expect(figures).toHaveLength(3);
    expect(await violations(page)).toEqual([]);

    // By the keyboard alone: more of the test rows are made to default.
    await button("Shift a column").press("Enter");
    await page.getByLabel("Column that shifts").selectOption("default");
    await page.getByLabel("What of default").selectOption({ label: "= yes" });
    const share = page.getByRole("slider", { name: "Share with default = yes" });
    await share.focus();
    await page.keyboard.press("PageUp");
    await page.keyboard.press("PageUp");
    await expect(verdict).toContainText(/weighed to \d+ % with default = yes/);

    await expect(page).toHaveURL(/exp=curves/);
    const link = new URL(page.url()).hash.slice("#v=1&".length);
    await page.goto("about:blank");
    await open(link);
    await inPhase("ready");
    await expect(ask.getByLabel("Seeds")).toHaveValue("2");
    await button("Run").click();
    await expect(verdict).toBeVisible({ timeout: 60_000 });
    expect(await figuresOf(page)).toEqual(figures);
    expect(await comparisons.textContent()).toBe(words);
  });

  test("a press on a case opens its table and runs", async ({ page }) => {
    const { open, inPhase, button } = lab(page);
    await open("data=birds&model=copula&view=helps");
    await inPhase("ready");
    await button("Run: Ten copula rows for each real one").click();
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "loans");
    await expect(page.getByRole("progressbar", { name: "Trying" })).toBeVisible();
    await expect(page).toHaveURL(/exp=copula-harm/);
    await button("Cancel").click();
    await expect(button("Run")).toBeVisible();
  });
});
