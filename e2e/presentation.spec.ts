import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

test("a lecturer presents: the stage alone, a key for each action, and back", async ({ page }) => {
  const { open, inPhase, atStep, step, button, status } = lab(page);
  await open("data=ring&model=gan&steps=1000000");
  await inPhase("ready");
  await button("Present").click();
  const keys = page.getByRole("list", { name: "Keys" });
  await expect(keys).toContainText("Space train or pause");
  await expect(page.getByRole("complementary")).toHaveCount(0);
  await page.keyboard.press("Space");
  await inPhase("training");
  await atStep(200);
  await page.keyboard.press("Space");
  await inPhase("paused");
  const at = await step();
  await page.keyboard.press("s");
  await expect.poll(step).toBe(at + 1);

  const machine = page.getByRole("region", { name: "Time machine" });
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(machine.getByRole("button", { name: "Back to now" })).toBeVisible();
  await page.keyboard.press("c");
  await expect(page.getByRole("img", { name: /^Points in the plane/ })).toHaveCount(2);
  await page.keyboard.press("c");
  await page.keyboard.press("n");
  await expect(machine.getByRole("button", { name: "Back to now" })).toHaveCount(0);
  await page.keyboard.press("v");
  await expect(page.getByRole("tab", { name: "Columns" })).toHaveAttribute("aria-selected", "true");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press("k");
  await expect(keys).toHaveCount(0);
  // One-key shortcuts can be switched off.
  await button("Keys on").click();
  await page.locator("#stage").focus();
  await page.keyboard.press("r");
  expect(await step()).toBeGreaterThan(0);
  await button("Keys off").click();
  await page.locator("#stage").focus();
  await page.keyboard.press("r");
  await expect(status).toContainText("Reset");
  await page.getByRole("button", { name: /^Leave/ }).click();
  await expect(page.getByRole("complementary", { name: "Results" })).toBeVisible();
});
