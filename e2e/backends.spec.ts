import { expect, test, type Page } from "@playwright/test";
import { lab } from "./lab.ts";

/** Loss curves by name, first and latest values at full precision, from the table below the chart. */
async function losses(page: Page): Promise<Record<string, { first: number; latest: number }>> {
  const details = page.locator("details", { hasText: "Show as table" });
  if ((await details.getAttribute("open")) === null) await page.getByText("Show as table").click();
  const table = page.getByRole("table", { name: "Losses" });
  await expect(table).toBeVisible();
  const rows = await table.getByRole("row").allInnerTexts();
  return Object.fromEntries(
    rows.slice(1).map((row) => {
      const [name = "", first, latest] = row.split("\t");
      return [name.trim(), { first: Number(first), latest: Number(latest) }];
    }),
  );
}

/** Tiny nets: a software GPU takes a second for what WASM does in a few milliseconds. */
const tiny: Readonly<Record<string, string>> = {
  gan: "s.generator=8&s.discriminator=8&s.latent=2&s.batch=8",
  vae: "s.hidden=8&s.latent=2&s.batch=8",
  diffusion: "s.hidden=8&s.batch=8",
};

for (const [model, settings] of Object.entries(tiny)) {
  test(`${model}: three backends agree on the first step and go on learning`, async ({ page }) => {
    const first: Record<string, Record<string, number>> = {};
    for (const backend of ["cpu", "wasm", "webgpu"]) {
      const { open, inPhase, button, atStep, step } = lab(page);
      await page.goto("about:blank");
      await open(`data=ring&model=${model}&${settings}&steps=4&seed=11`, `?backend=${backend}`);
      await expect(page.locator("html")).toHaveAttribute("data-backend", backend);
      await inPhase("ready");
      await button("Step").click();
      await atStep(1);
      await inPhase("paused");
      // The table is written at a reader's pace, a moment after the step.
      await expect
        .poll(async () => Object.values(await losses(page)).map(({ first: loss }) => Number.isFinite(loss)))
        .not.toContain(false);
      const begun = await losses(page);
      first[backend] = Object.fromEntries(Object.entries(begun).map(([name, value]) => [name, value.first]));
      await button("Train").click();
      await inPhase("finished");
      expect(await step()).toBe(4);
      await expect
        .poll(async () => Object.values(await losses(page)).some((loss) => loss.latest !== loss.first))
        .toBe(true);
    }
    console.log(`${model}, first-step losses:`, JSON.stringify(first));
    for (const [name, value] of Object.entries(first["cpu"]!)) {
      expect(Number.isFinite(value), name).toBe(true);
      for (const backend of ["wasm", "webgpu"]) {
        const other = first[backend]![name]!;
        expect(Math.abs(other - value) / Math.abs(value), `${name} on ${backend}`).toBeLessThan(1e-4);
      }
    }
  });
}
