import { expect, test, type Page } from "@playwright/test";
import { lab } from "./lab.ts";

/** Tabs until the focused element has this name; fails where it can't be reached. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLElement> }) | null;
      if (element === null || element === document.body) return "";
      const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
      return `${label ?? element.textContent}`.trim();
    });
    if (name.test(focused)) return;
  }
  throw new Error(`No way to ${name} by Tab.`);
}

test("a person without a mouse chooses, trains, looks and downloads", async ({ page }) => {
  const { open, inPhase, step } = lab(page);
  await open("data=birds&model=diffusion&steps=8");
  await inPhase("ready");
  await tabTo(page, /^Model$/);
  await page.keyboard.press("v"); // VAE
  await expect(page.locator("html")).toHaveAttribute("data-model", "vae");
  await page.keyboard.press("Home");
  await page.locator("body").press("Control+Home");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await tabTo(page, /^Train$/);
  await page.keyboard.press("Enter");
  await inPhase("finished");
  expect(await step()).toBe(8);
  await tabTo(page, /^PCA$/);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "UMAP" })).toHaveAttribute("aria-selected", "true");
  await tabTo(page, /^Rows$/);
  const arriving = page.waitForEvent("download");
  await tabTo(page, /^Download CSV$/);
  await page.keyboard.press("Enter");
  expect((await arriving).suggestedFilename()).toMatch(/^island-birds-synthetic-\d+\.csv$/);
});

test("a person without a mouse opens a table, trains, makes a report and shares", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { open, inPhase } = lab(page);
  await open("data=ring&model=vae&steps=8");
  await inPhase("ready");
  const choosing = page.waitForEvent("filechooser");
  await tabTo(page, /^Open a CSV/);
  await page.keyboard.press("Space");
  const rows = Array.from({ length: 120 }, (_, i) => `${i % 13},${(7 * i) % 11},${"xyz"[i % 3]}`).join("\n");
  await (await choosing).setFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(`a,b,c\n${rows}\n`) }); // prettier-ignore
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
  await inPhase("ready");
  await tabTo(page, /^Train$/);
  await page.keyboard.press("Enter");
  await inPhase("finished");
  await tabTo(page, /^PCA$/);
  await page.keyboard.press("End");
  // The focus follows a moment later, and no hand presses sooner.
  await expect(page.getByRole("tab", { name: "Does it help?" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("tab", { name: "Quality" })).toHaveAttribute("aria-selected", "true");
  await tabTo(page, /^Make the report$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article", { name: "Report" })).toBeVisible();
  await tabTo(page, /^Share$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await tabTo(page, /^Copy/);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("#v=1&data=own");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("focus can always be seen", async ({ page }) => {
  const { open, inPhase } = lab(page);
  await open("data=ring");
  await inPhase("ready");
  for (let presses = 0; presses < 25; presses++) {
    await page.keyboard.press("Tab");
    const visible = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return true;
      // A file input's focus is drawn on its label, a canvas's on its frame.
      for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) return true;
        if (style.boxShadow !== "none") return true;
      }
      return false;
    });
    expect(visible, `focus ring after ${presses + 1} Tabs`).toBe(true);
  }
});

test("a skip link moves the focus and nothing else: a person's own table stays", async ({ page }) => {
  const { open, inPhase, drop } = lab(page);
  await open("data=ring&seed=3");
  await inPhase("ready");
  await drop(
    "mine.csv",
    `a,b\n${Array.from({ length: 40 }, (_, i) => `${i % 13},${"xyz"[i % 3]}`).join("\n")}\n`,
  );
  const html = page.locator("html");
  await expect(html).toHaveAttribute("data-dataset", "own");
  await inPhase("ready");
  await page.getByRole("link", { name: "Skip to the stage" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).hash).toContain("data=own");
  await inPhase("ready");
  await expect(html).toHaveAttribute("data-dataset", "own");
});
