import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";

test("a visitor times the engine on their own machine and takes the table along", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("./bench.html?brief");
  await expect(page.getByRole("heading", { name: "How fast does it train here?" })).toBeVisible();
  await page.getByRole("button", { name: "Run the benchmark" }).click();
  await expect(page.getByRole("button", { name: "Run it again" })).toBeEnabled();
  await expect(page.getByRole("alert")).toHaveCount(0);
  // The tests' Chromium has a software adapter at best, which is said instead of measured.
  await expect(page.getByRole("region", { name: "WebGPU" })).toContainText(
    /software|no WebGPU|no graphics adapter/,
  );
  const rows = page.getByRole("region", { name: "WebAssembly" }).locator("tbody tr");
  await expect(rows).toHaveCount(4);
  for (const row of await rows.all()) {
    const [stock, ours, ratio] = await row.locator("td").allTextContents();
    expect(stock).toMatch(/^[\d,.]+$/);
    expect(ours).toMatch(/^[\d,.]+$/);
    expect(ratio).toMatch(/^[\d.]+×$/);
  }
  await page.getByRole("button", { name: "Copy the tables" }).click();
  await expect(page.getByRole("status")).toHaveText("Copied.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("| WebAssembly, steps/s | stock TensorFlow.js | Likeness | ratio |");
  expect(await violations(page)).toEqual([]);
});
