import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { lab } from "./lab.ts";

/** Rules broken, with where; nothing of any impact is let through. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact ?? "?"} ${id}: ${node.target.join(" ")}`),
  );
}

for (const scheme of ["light", "dark"] as const) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
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
      await drop("nothing.csv", "");
      await expect(alert).toBeVisible();
      expect(await violations(page), "alert").toEqual([]);
      // The page never scrolls sideways.
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBeLessThanOrEqual(0);
    });
  }
}
