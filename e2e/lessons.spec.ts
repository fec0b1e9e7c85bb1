import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

const heading = (name: string) => ({ name, level: 2 }) as const;

test.describe("a student takes a lesson", () => {
  test("predicts, trains, reaches the goals, and hands on a link to a step", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { open, inPhase, button, status } = lab(page);
    await open("data=birds");
    await inPhase("ready");
    await button("Learn").click();
    const list = page.getByRole("dialog", { name: "Learn" });
    await expect(list.getByRole("list", { name: "Lessons" }).getByRole("listitem")).toHaveCount(10);
    expect(await violations(page)).toEqual([]);
    await list.getByRole("button", { name: "VAE: squeeze and unfold" }).click();

    const lesson = page.getByRole("region", { name: "VAE: squeeze and unfold" });
    await expect(page.getByRole("heading", heading("VAE: squeeze and unfold"))).toBeFocused();
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "ring");
    await expect(page.locator("html")).toHaveAttribute("data-model", "vae");
    await inPhase("ready");
    await expect(status).not.toContainText("Training");
    await button("Train").click();
    await expect(lesson.getByText("Goal reached.")).toBeVisible();
    await inPhase("finished");

    await lesson.getByRole("button", { name: "Next" }).click();
    await expect(lesson.getByText("Step 2 of 2")).toBeVisible();
    await inPhase("ready");
    await lesson.getByRole("radio", { name: "Farther" }).check();
    await expect(lesson.getByText("Now run it")).toBeVisible();
    await button("Train").click();
    await inPhase("finished");
    await expect(lesson.getByText("As you said.")).toBeVisible();
    await expect(lesson.getByText("Goal reached.")).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await lesson.getByRole("button", { name: "Copy link to this step" }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain("lesson=vae.beta");
    const elsewhere = await context.newPage();
    await elsewhere.goto(link.replace("#", "?backend=wasm#"));
    await expect(elsewhere.getByRole("region", { name: "VAE: squeeze and unfold" })).toContainText(
      "Step 2 of 2",
    );
    await expect(elsewhere.locator("html")).toHaveAttribute("data-model", "vae");
    await expect(elsewhere.locator("html")).toHaveAttribute("data-state", "ready");
    await expect(elsewhere.getByRole("spinbutton", { name: /β/ })).toHaveValue("8");
  });

  test("finds each step's lab set, and a table of their own left alone", async ({ page }) => {
    const { open, inPhase, button, drop, alert } = lab(page);
    await open("lesson=nothing.here");
    await expect(alert).toContainText("There is no step “here” of a lesson “nothing”.");
    await inPhase("ready");
    await button("Learn").click();
    const titles = await page
      .getByRole("list", { name: "Lessons" })
      .getByRole("listitem")
      .getByRole("button")
      .allTextContents();
    await page.keyboard.press("Escape");
    for (const title of titles) {
      await button("Learn").click();
      await page.getByRole("dialog").getByRole("button", { name: title, exact: true }).click();
      const lesson = page.getByRole("region", { name: title, exact: true });
      const next = lesson.getByRole("button", { name: "Next" });
      for (;;) {
        await expect(lesson.getByText("The lab is set for this step.")).toBeVisible();
        await inPhase("ready");
        if (await next.isDisabled()) break;
        await next.click();
      }
    }
    await drop("mine.csv", "a,b\n" + Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 3}`).join("\n"));
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await button("Learn").click();
    await page.getByRole("dialog").getByRole("button", { name: titles[0]! }).click();
    await expect(page.getByText("The lab is not as this step has it.")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await page.getByRole("button", { name: "Set the lab" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "birds");
    await page.getByRole("button", { name: "Close the lesson" }).click();
    await expect(page.getByRole("button", { name: "Close the lesson" })).toHaveCount(0);
  });
});
