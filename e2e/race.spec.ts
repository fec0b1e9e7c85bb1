import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

test.describe("somebody lets models race", () => {
  test("puts three in, watches them side by side, reads the scoreboard and the trilemma, and takes them along", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { open, inPhase, button } = lab(page);
    await open("data=ring&seed=5");
    await inPhase("ready");
    await button("Race models").click();
    const race = page.getByRole("dialog", { name: "Race" });
    const state = race.locator("[data-race]");

    await expect(race.getByLabel("Racer 1")).toHaveValue("gan");
    await race.getByLabel("Racer 3").selectOption("ddgan");
    await race.getByLabel("Racer 4").selectOption("");
    await race.getByLabel("Budget in").selectOption("steps");
    await race.getByLabel("Steps for each").fill("40");
    await race.getByRole("button", { name: "Start the race" }).press("Enter");
    await expect(race.getByRole("listitem")).toHaveCount(3);

    // A race can be given up, and begun again.
    await race.getByRole("button", { name: "Cancel" }).click();
    await expect(state).toHaveAttribute("data-race", "cancelled");
    await race.getByRole("button", { name: "Start the race" }).click();
    await expect(state).toHaveAttribute("data-race", "over");
    for (const name of ["GAN", "VAE", "DDGAN, T = 4"]) {
      const racer = race
        .getByRole("listitem")
        .filter({ has: page.getByRole("heading", { name, exact: true }) });
      await expect(racer).toContainText("step 40");
      await expect(racer.getByRole("img")).toHaveAccessibleName(
        /1,\d{3} real rows, 400 synthetic rows at step 40/,
      );
    }

    const board = race.getByRole("region", { name: "Scoreboard of the race" });
    const row = (name: string) => board.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell");
    await expect(row("Training steps")).toHaveText([/^40/, /^40/, /^40/, "–"]);
    await expect(row("Modes hit").last()).toHaveText("8");
    for (const figure of await row("Coverage").allInnerTexts()) expect(figure).toMatch(/^[01]\.\d\d/);
    // Differences follow the baseline, which has none.
    const shapes = row("Column shapes");
    await expect(shapes.nth(0)).toHaveText(/^0\.\d\d( \(best\))?$/);
    const apart = (await shapes.allInnerTexts()).slice(0, 3).map((text) => Number.parseFloat(text));
    await race.getByLabel("Baseline").selectOption("VAE");
    await expect(shapes.nth(0)).toHaveText(/[+−]0\.\d\d$/);
    await expect(shapes.nth(1)).toHaveText(/^0\.\d\d( \(best\))?$/);

    await expect(race.getByRole("img", { name: /^Trilemma\. GAN: quality/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await race.getByRole("button", { name: "Copy as Markdown" }).click();
    await expect(race.getByRole("button", { name: "Copied." })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("40 steps each, seed 5");
    expect(copied).toContain("|  | GAN | VAE | DDGAN, T = 4 | Held-out rows |");

    // The link replays all of them, side by side, and trains nothing.
    await race.getByRole("button", { name: "Share the result" }).click();
    const sharing = page.getByRole("dialog", { name: "Share the race" });
    // What it holds, and how long it is, is said before it is copied.
    await expect(sharing).toContainText("GAN, VAE, Denoising diffusion GAN, seed 5");
    const said = sharing.getByText(/^steps, seconds of training/);
    for (const figure of ["column shapes", "coverage", "recall", "modes hit", "rows drawn a second"])
      await expect(said).toContainText(figure);
    await expect(sharing).toContainText(/[\d,]+ characters/);
    expect(await violations(page)).toEqual([]);
    const link = await sharing.getByRole("textbox", { name: "Link" }).inputValue();
    expect(link.length).toBeLessThanOrEqual(20_100);
    await page.keyboard.press("Escape");
    await expect(sharing).toHaveCount(0);
    const opened = await context.newPage();
    await opened.goto(link);
    await expect(opened.getByRole("main").getByRole("heading", { level: 2 })).toHaveText([
      /^GAN/,
      /^VAE/,
      /^DDGAN, T = 4/,
    ]);
    const figures = opened.getByRole("region", { name: "Figures of the run" });
    await expect(figures.getByRole("row", { name: /^Rows drawn a second/ }).getByRole("cell")).toHaveText([
      /\d/,
      /\d/,
      /\d/,
    ]);
    const shared = figures.getByRole("row", { name: /^Column shapes/ }).getByRole("cell");
    const there = (await shared.allInnerTexts()).map((text) => Number(Number.parseFloat(text).toFixed(2)));
    expect(there).toEqual(apart);
    expect(opened.workers()).toEqual([]);
    // Run again, it is the whole race.
    await opened.getByRole("button", { name: "Run it yourself" }).click();
    const again = opened.getByRole("dialog", { name: "Race" });
    await expect(again.locator("[data-race]")).toHaveAttribute("data-race", "over");
    await expect(again.getByRole("heading", { level: 3 }).first()).toHaveText("GAN");
    await expect(again.getByRole("listitem")).toHaveCount(3);
    const before = await shapes.allTextContents();
    await again.getByLabel("Baseline").selectOption("VAE");
    await expect(again.getByRole("row", { name: /^Column shapes/ }).getByRole("cell")).toHaveText(before);
    await opened.close();

    // Looked back at, all of them at once.
    const moment = race.getByRole("slider", { name: "Moment of the race" });
    await moment.focus();
    await page.keyboard.press("Home");
    for (const card of await race.getByRole("listitem").all())
      await expect(card).not.toContainText("step 40");
    await page.keyboard.press("End");
    for (const card of await race.getByRole("listitem").all()) await expect(card).toContainText("step 40");

    // It is there when the dialog is opened again, and the lab goes on as before.
    await page.keyboard.press("Escape");
    await expect(race).toBeHidden();
    await button("Race models").click();
    await expect(board).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await violations(page)).toEqual([]);
  });

  test("asks for several seeds and two budgets, and gets means with their spread", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { open, inPhase, button } = lab(page);
    await open("data=ring");
    await inPhase("ready");
    await button("Race models").click();
    const race = page.getByRole("dialog", { name: "Race" });
    await race.getByLabel("Racer 3").selectOption("");
    await race.getByLabel("Racer 3").selectOption("");
    await race.getByLabel("Budget in").selectOption("steps");
    await race.getByLabel("Steps for each").fill("20");
    await race.getByLabel("and at most").check();
    await race.getByLabel("At most so many seconds").fill("30");
    await race.getByLabel("Seeds").selectOption("3 seeds");
    await race.getByRole("button", { name: "Start the race" }).click();
    await expect(race.locator("[data-race]")).toHaveAttribute("data-race", "over");
    await expect(race.getByRole("row", { name: /^Column shapes/ })).toContainText(/0\.\d\d.*± 0\.\d\d/);
    await expect(race).toContainText("Means over seeds 7 to 9 and their standard deviation");
    // Both go along with the link.
    await race.getByRole("button", { name: "Share the result" }).click();
    await page.goto(await page.getByRole("textbox", { name: "Link" }).inputValue());
    const figures = page.getByRole("region", { name: "Figures of the run" });
    await expect(figures.getByRole("row", { name: /^Column shapes/ })).toContainText(/0\.\d+ ± 0\.\d+/);
    await expect(figures.getByRole("row", { name: /^Budget/ })).toContainText("20 steps, at most 30 seconds");
    await expect(figures.getByRole("row", { name: /^Seed/ })).toContainText("7 to 9");
  });
});
