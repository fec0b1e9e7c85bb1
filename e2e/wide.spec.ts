/** Thousands of columns: what is kept for each must not grow with their square, which no browser has room for. */
import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

test("a table of 5,000 columns trains, and says that it is being prepared meanwhile", async ({ page }) => {
  const at = lab(page);
  await at.open("data=ring&steps=2&s.hidden=16&s.batch=16&s.samplingSteps=2");
  await at.inPhase("ready");
  const columns = Array.from({ length: 5_000 }, (_, i) => i);
  const row = (r: number): string => columns.map((c) => (r * 31 + c * 17) % 97).join(",");
  await at.choose(
    "wide.csv",
    [columns.map((c) => `c${c}`).join(","), ...Array.from({ length: 200 }, (_, r) => row(r))].join("\n"),
  );
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
  await at.inPhase("ready");
  await at.button("Train").click();
  await expect(at.status).toHaveText("Preparing Diffusion…");
  await expect(at.button("Pause")).toBeVisible();
  await at.inPhase("finished");
  await at.atStep(2);
  await expect(at.alert).toHaveCount(0);
});
