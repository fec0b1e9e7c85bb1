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

test("on a phone Learn is on the first screen, and a lesson is one touch from the picture and back", async ({
  page,
}) => {
  const at = lab(page);
  for (const width of [360, 390])
    for (const [query, learn] of [
      ["?backend=wasm&lang=de", "Lernen"],
      ["?backend=wasm", "Learn"],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      await at.open("data=ring", query);
      await at.inPhase("ready");
      await expect(at.button(learn)).toHaveCount(1);
      await expect(at.button(learn)).toBeInViewport({ ratio: 1 });
      // Neither the page nor the bar in it is wider than the screen.
      for (const share of await page.locator("header button:visible").all())
        await expect(share).toBeInViewport({ ratio: 1 });
    }
  await at.button("Learn").click();
  await page.getByRole("dialog").getByRole("button", { name: "Diffusion: undo noise, step by step" }).click();
  await at.inPhase("ready");
  const picture = page.getByRole("img", { name: /^Points in the plane/ });
  await expect(picture).not.toBeInViewport();
  await page.getByRole("link", { name: "See it on the stage" }).click();
  await expect(picture).toBeInViewport({ ratio: 0.9 });
  await page.getByRole("link", { name: "Skip to the lesson" }).click();
  await expect(page.getByRole("heading", { name: "Learn to denoise" })).toBeInViewport();
  // Elsewhere both are seen at once, and there is nothing to lead to.
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByRole("link", { name: "See it on the stage" })).toBeHidden();
});

test("what a short name means is said where it stands: the map, the marks on the gauges, a classifier", async ({
  page,
}) => {
  const at = lab(page);
  await at.open("lesson=start.columns");
  await at.inPhase("ready");
  await expect(page.getByRole("region", { name: "What a generative model is" })).toContainText(
    "asks a classifier: a model that",
  );
  for (const [map, words] of [
    ["PCA", /principal component analysis: the flat view/],
    ["UMAP", /keeps rows near each other which are alike/],
  ] as const) {
    await page.getByRole("tab", { name: map }).click();
    await at.button(`What is ${map}?`).focus();
    await expect(page.getByRole("tooltip").filter({ hasText: words })).toBeVisible();
  }
  await page.getByRole("tab", { name: "Columns" }).click();
  await expect(page.getByRole("button", { name: /^What is/ })).toHaveCount(0);
  await at.button("Train").click();
  await at.inPhase("finished");
  const quality = page.getByRole("region", { name: "Quality", exact: true });
  await expect(quality).toContainText("as many held-out rows, by the same measure");
  // No report yet: there is one kind of figures, and nothing to tell it from.
  await expect(quality).not.toContainText("Now");
});
