import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

/** Colours go by the scheme and the layout by the width: two pages have seen all four. */
for (const [scheme, width, height] of [
  ["light", 1440, 900],
  ["dark", 390, 844],
] as const) {
  test(`axe finds nothing, ${scheme}, ${width} wide`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    const { open, inPhase, button, drop, alert } = lab(page);
    await open("data=birds&model=vae&steps=40");
    await inPhase("ready");
    expect(await violations(page)).toEqual([]);
    await button("Train").click();
    await inPhase("finished");
    expect(await violations(page)).toEqual([]);
    for (const tab of ["Pair", "Columns", "Rows"]) {
      await page.getByRole("tab", { name: tab, exact: true }).click();
      await expect(page.getByRole("tabpanel", { name: tab, exact: true })).toBeVisible();
      expect(await violations(page), tab).toEqual([]);
    }
    await button("Look at columns").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page), "columns").toEqual([]);
    await page.keyboard.press("Escape");
    await button("Share").click();
    for (const tier of ["Setup link", "Result link", "Run file"]) {
      await page.getByRole("tab", { name: tier }).click();
      await expect(page.getByRole("tabpanel", { name: tier })).toBeVisible();
      expect(await violations(page), tier).toEqual([]);
    }
    await page.getByRole("tab", { name: "Result link" }).click();
    const link = page.getByRole("tabpanel").getByRole("textbox", { name: "Link" });
    await expect(link).toHaveValue(/#v=2/);
    const result = new URL(await link.inputValue()).hash;
    await page.keyboard.press("Escape");
    await drop("nothing.csv", "");
    await expect(alert).toBeVisible();
    expect(await violations(page), "alert").toEqual([]);
    // The page never scrolls sideways.
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0);
    await page.evaluate((hash) => (location.hash = hash), result);
    await expect(page.getByRole("region", { name: "Figures of the run" })).toBeVisible();
    expect(await violations(page), "result").toEqual([]);
  });
}
