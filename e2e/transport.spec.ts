import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

test.describe("a teacher stops the film", () => {
  test("pauses, steps once, goes on, and starts over", async ({ page }) => {
    const { open, inPhase, atStep, step, button } = lab(page);
    await open("data=ring&model=vae&steps=100000");
    await inPhase("ready");
    await button("Train").click();
    await atStep(5);
    await button("Pause").click();
    await inPhase("paused");
    const held = await step();
    await page.waitForTimeout(600);
    expect(await step()).toBe(held);

    await button("Step").click();
    await expect.poll(step).toBe(held + 1);
    await inPhase("paused");

    await button("Train").click();
    await inPhase("training");
    await atStep(held + 5);

    await button("Reset").click();
    await inPhase("ready");
    expect(await step()).toBe(0);
  });

  test("steps a GAN's two networks apart", async ({ page }) => {
    const { open, inPhase, step, button } = lab(page);
    await open("data=ring&model=gan");
    await inPhase("ready");
    await page.getByLabel("Step one network only").click();
    await button("Step discriminator").click();
    await expect.poll(step).toBe(1);
    await page.getByText("Show as table").click();
    const losses = page.getByRole("table", { name: "Losses" });
    await expect(losses.getByRole("row", { name: /discriminator/ })).toContainText(/\d\.\d/);
    await expect(losses.getByRole("row", { name: /generator/ })).not.toContainText(/\d\.\d/);
  });

  test("sets a budget, lets it finish, and raises it", async ({ page }) => {
    const { open, inPhase, step, button } = lab(page);
    await open("data=ring&model=vae&steps=20");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
    expect(await step()).toBe(20);
    await page.getByRole("spinbutton", { name: "Steps", exact: true }).fill("30");
    await page.getByRole("spinbutton", { name: "Steps", exact: true }).press("Enter");
    await button("Go on").click();
    await expect.poll(step).toBe(30);
    await inPhase("finished");
  });

  test("lets a run that is over take as many steps again, and begins another only where the button says so", async ({
    page,
  }) => {
    const { open, inPhase, step, button } = lab(page);
    await open("data=ring&model=vae&steps=20");
    await inPhase("ready");
    await expect(button("Train longer")).toHaveCount(0);
    await button("Train").click();
    await inPhase("finished");
    const steps = page.getByRole("spinbutton", { name: "Steps", exact: true });
    const longer = button("Train longer");
    await expect(longer).toHaveAttribute("title", "Goes on from here, to 40 steps");
    await longer.press("Enter");
    await expect.poll(step).toBe(40);
    await inPhase("finished");
    await expect(steps).toHaveValue("40");
    await expect(button("Train anew")).toBeFocused();
    // As many as the run began with, each time.
    await longer.click();
    await expect.poll(step).toBe(60);
    await inPhase("finished");
    await steps.fill("10");
    await steps.press("Enter");
    await button("Train anew").click();
    await expect.poll(step).toBe(10);
    await inPhase("finished");
    // What needs a new run anyway leaves nothing to go on with.
    await page.getByRole("combobox", { name: "Model" }).selectOption("gan");
    await expect(button("Train")).toBeVisible();
    await expect(longer).toHaveCount(0);
  });

  test("goes back to the step whose rows were nearest to the held-out ones", async ({ page }) => {
    const { open, inPhase, atStep, step, button, status } = lab(page);
    await open("data=ring&model=vae&steps=1000000");
    await inPhase("ready");
    await button("Train").click();
    const goBack = page.getByRole("button", { name: /^Go back to step/ });
    await expect(goBack).toBeEnabled();
    await atStep((await step()) + 200);
    await goBack.click();
    await inPhase("paused");
    await expect(status).toContainText(/back at step [\d,]+, whose rows were nearest/);
    const best = Number((await goBack.innerText()).replace(/\D/g, ""));
    expect(await step()).toBe(best);
    await expect(goBack).toBeDisabled();
    await button("Train").click();
    await atStep(best + 5);
  });

  test("changes a setting in mid-run: it is marked, and taken by the next run", async ({ page }) => {
    const { open, inPhase, atStep, button } = lab(page);
    await open("data=ring&model=vae&steps=100000");
    await inPhase("ready");
    await button("Train").click();
    await atStep(3);
    await page.getByRole("combobox", { name: "Model" }).selectOption("gan");
    await expect(page.getByText("New changes: Model")).toBeVisible();
    await inPhase("training"); // the old model goes on until the person decides
    await button("Train").click();
    await expect(page.locator("html")).toHaveAttribute("data-model", "gan");
    await inPhase("training");
  });

  test("fits a baseline at once", async ({ page }) => {
    const { open, inPhase, step, button } = lab(page);
    await open("model=copula");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
    expect(await step()).toBe(0);
  });
});
