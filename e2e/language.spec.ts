import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

test.describe("someone reads German", () => {
  test("chooses it by keyboard, works in it, keeps it over a reload, and goes back", async ({ page }) => {
    const { open, inPhase, button } = lab(page);
    const html = page.locator("html");
    await open("data=ring&model=gan&steps=40");
    await inPhase("ready");
    await expect(html).toHaveAttribute("lang", "en");
    await button("Deutsch").focus();
    await page.keyboard.press("Enter");

    await expect(html).toHaveAttribute("lang", "de");
    await inPhase("ready");
    expect(page.url()).toContain("#v=1&data=ring&model=gan");
    // A worker's words, and the page's.
    await expect(page.getByRole("status").first()).toContainText("Zeilen zum Lernen");
    await expect(page.getByRole("main", { name: "Bühne" })).toBeVisible();
    await button("Trainieren").click();
    await inPhase("finished");
    await expect(page.getByRole("status").first()).toContainText("Fertig bei Schritt 40.");
    await expect(page.getByText("Gegen zurückgehaltene Zeilen")).toBeVisible();
    await expect(page.getByText("Nicht unterscheidbar")).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await button("Lernen").click();
    await page.getByRole("button", { name: "GAN: ein Spiel zweier Netze" }).click();
    await expect(page.getByText("Ein Generator macht aus Rauschen").first()).toBeVisible();
    await page.reload();
    await expect(page.getByText("Ein Generator macht aus Rauschen").first()).toBeVisible();
    await expect(html).toHaveAttribute("lang", "de");
    expect(await violations(page)).toEqual([]);

    await button("English").click();
    await expect(html).toHaveAttribute("lang", "en");
    await expect(page.getByText("A generator turns noise into").first()).toBeVisible();
    await expect(button("Train")).toBeVisible();
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  });

  test("is refused in German, by the worker that reads", async ({ page }) => {
    const { open, inPhase, drop, alert } = lab(page);
    await open("data=birds", "?backend=wasm&lang=de");
    await inPhase("ready");
    await drop("leer.csv", "");
    await expect(alert).toContainText("Diese Datei ist leer: Sie enthält keine Tabelle.");
  });

  test("no German word makes a phone's page wider than the phone", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const { open, inPhase } = lab(page);
    await open("data=birds&model=gan&steps=30", "?backend=wasm&lang=de");
    await inPhase("ready");
    await page.getByRole("button", { name: "Trainieren", exact: true }).click();
    await inPhase("finished");
    // A chart may be wider until it has been measured.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(390);
  });
});
