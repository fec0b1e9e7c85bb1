/** What a person meets in the first minutes, and what went wrong there once. */
import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

const visits = [
  "visitor,city,kind,age,spent",
  ...Array.from(
    { length: 60 },
    (_, i) =>
      `V-${1000 + i},${["Leeds", "York"][i % 2]},${["new", "old", "staff"][i % 3]},${20 + i},${(i * 7.3).toFixed(2)}`,
  ),
].join("\n");

test.use({ reducedMotion: "reduce" });

test("a number that can't be taken becomes the nearest that can, and the box says what it takes", async ({
  page,
}) => {
  const at = lab(page);
  await at.open();
  await at.inPhase("ready");
  const rows = page.getByRole("spinbutton", { name: "Rows", exact: true });
  await rows.fill("0");
  await expect(rows).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("Whole numbers, 1 to 1,000,000")).toBeVisible();
  await rows.press("Enter");
  await expect(rows).toHaveValue("1");
  await expect(rows).toHaveAttribute("aria-invalid", "false");
});

test("the pair view begins with two numbers and shows the columns it names, though others are off", async ({
  page,
}) => {
  const at = lab(page);
  await at.open();
  await at.inPhase("ready");
  await at.choose("visits.csv", visits);
  await expect(at.status).toContainText("Read 60 rows");
  await at.inPhase("ready");
  await page.getByRole("tab", { name: "Pair" }).click();
  const across = page.getByRole("combobox", { name: "Across" });
  await expect(across.locator("option:checked")).toHaveText("age");
  await expect(page.getByRole("img", { name: /age against spent/ })).toBeVisible();
  await across.selectOption({ label: "kind" });
  await expect(page.getByRole("img", { name: /kind against spent/ })).toBeVisible();
});

test("a baseline says that it has no steps and no losses", async ({ page }) => {
  const at = lab(page);
  await at.open("model=copula");
  await at.inPhase("ready");
  await at.button("Train").click();
  await at.inPhase("finished");
  await expect(page.getByText(/Gaussian copula: fitted at once/)).toBeVisible();
  await expect(page.getByText("Curves appear with the first step.")).toHaveCount(0);
});

test("on a phone a message is seen where the page stands, and every part is a tap away", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const at = lab(page);
  await at.open();
  await at.inPhase("ready");
  await page.getByRole("link", { name: "Skip to the experiment" }).click();
  await expect(page.getByRole("heading", { name: "Data", exact: true })).toBeInViewport();
  await at.choose("report.csv", "%PDF-1.7 not a table");
  await expect(at.alert).toBeInViewport();
  await page.getByRole("button", { name: "Dismiss this message" }).click();
  await expect(at.alert).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
