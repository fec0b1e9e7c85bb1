/** What goes wrong is said, with its points ringed in the picture and one click that may help. */
import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

test("rows that repeat training rows are named, and ringed where they lie", async ({ page }) => {
  const { open, inPhase, button } = lab(page);
  await open("data=birds&model=copy&view=rows");
  await inPhase("ready");
  await button("Train").click();
  await inPhase("finished");
  const found = page.getByRole("region", { name: "Worth a look" });
  await expect(found).toContainText("It repeats real rows, by design");
  await expect(found).toContainText("400 of 400 equal a training row");
  await button("Show").click();
  await expect(button("Show")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("tab", { name: "PCA" })).toHaveAttribute("data-state", "active");
  await expect(page.getByRole("img", { name: /200 real and 200 synthetic rows are ringed/ })).toBeVisible();
  await button("Show").click();
  await expect(page.getByRole("img", { name: /ringed/ })).toHaveCount(0);
});

test("latents that say nothing are counted, and one click trains again with a smaller β", async ({
  page,
}) => {
  const { open, inPhase, atStep, button } = lab(page);
  await open("data=ring&model=vae&s.beta=20&steps=100000");
  await inPhase("ready");
  await button("Train").click();
  const found = page.getByRole("region", { name: "Worth a look" });
  // What the remedy turns is said beside it.
  await expect(found).toContainText("β (KL weight): How strictly latents must look like plain noise.");
  await expect(found).toContainText("2 of 2 latent dimensions carry less than 0.01 nats");
  await found.getByRole("button", { name: "Lower β to 4 and train again" }).click();
  await atStep(1);
  await expect(page).toHaveURL(/s\.beta=4/);
});
