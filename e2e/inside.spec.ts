/** Issue 7: the insides of the models, live. */
import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

test("a student looks inside models while they learn", async ({ page }) => {
  const { open, inPhase, button } = lab(page);
  await open("data=ring&model=gan&steps=100000");
  await inPhase("ready");
  await page.getByRole("tab", { name: "Inside" }).click();
  const panel = page.getByRole("tabpanel", { name: "Inside" });
  await expect(panel).toContainText("Press Train");
  await button("Train").click();
  const verdict = panel.getByRole("img", { name: /^The discriminator’s verdict/ });
  await expect(verdict).toBeVisible();
  // It moves while the model learns, and stands still with it.
  const seen = await verdict.getAttribute("aria-label");
  await expect(verdict).not.toHaveAttribute("aria-label", seen!);
  await expect(panel.getByRole("table", { name: "discriminator" })).toContainText("128");
  await expect(panel.getByRole("group", { name: "Loss: generator" })).toContainText("−log D(G(z))");
  await button("Pause").click();
  await inPhase("paused");
  expect(await violations(page)).toEqual([]);

  // Another model shows its own insides; a paused one answers what it is asked.
  await page.getByRole("combobox", { name: "Model", exact: true }).selectOption("diffusion");
  await button("Train").click();
  await expect(panel.getByText(/^What undoes the noise/)).toBeVisible();
  await button("Pause").click();
  await inPhase("paused");
  const noise = panel.getByRole("slider", { name: "Noise" });
  const deviation = await noise.getAttribute("aria-valuetext");
  await noise.press("ArrowRight");
  await expect(noise).not.toHaveAttribute("aria-valuetext", deviation!);
  await panel.getByRole("slider", { name: "Steps" }).press("Home");
  await expect(panel.getByRole("img", { name: /^Forty paths/ })).toHaveAttribute("aria-label", /in 1 steps?\.$/); // prettier-ignore

  await page.getByRole("combobox", { name: "Model", exact: true }).selectOption("vae");
  await button("Train").click();
  await panel.getByRole("button", { name: "Path between two rows" }).click();
  await expect(panel.getByRole("button", { name: "Clear the path" })).toBeEnabled();
  await expect(panel.getByRole("region", { name: "What each latent dimension says" })).toContainText("latent 2"); // prettier-ignore
  await button("Pause").click();

  await page.getByRole("combobox", { name: "Model", exact: true }).selectOption("ddgan");
  await button("Train").click();
  const back = panel.getByRole("slider", { name: "Step back" });
  await expect(back).toHaveAttribute("aria-valuetext", "step 3 of 4");
  await button("Pause").click();
  await inPhase("paused");
  await back.press("ArrowRight");
  await expect(back).toHaveAttribute("aria-valuetext", "step 4 of 4");
  await panel.getByRole("button", { name: "Another noisy row" }).click();
  expect(await violations(page)).toEqual([]);
});

test("a table's VAE shows its latents, and a model without networks says so", async ({ page }) => {
  const { open, inPhase, button } = lab(page);
  await open("data=birds&model=vae&steps=40&view=inside");
  await inPhase("ready");
  await button("Train").click();
  const panel = page.getByRole("tabpanel", { name: "Inside" });
  await expect(panel.getByRole("img", { name: /^Training rows among the latents/ })).toBeVisible();
  await inPhase("finished");
  await page.getByRole("combobox", { name: "Model", exact: true }).selectOption("copula");
  await button("Train").click();
  await expect(panel).toContainText("no networks to look into");
});
