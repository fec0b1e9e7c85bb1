import { expect, test, type Page } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

const tip = (page: Page) => page.getByRole("tooltip").filter({ hasText: /^(WebGPU|WASM|CPU)/ });
const badge = (page: Page) => page.getByRole("button", { name: /^(WebGPU|WASM|CPU)/ });

/** SwiftShader passes for a graphics card, as the lab would never let it unasked. */
const disguise = `
if ("GPUAdapterInfo" in self)
  for (const [key, value] of Object.entries({ vendor: "test", architecture: "", description: "Test card", isFallbackAdapter: false }))
    Object.defineProperty(GPUAdapterInfo.prototype, key, { get: () => value });
`;

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`a GPU and WASM race on the model, and the badge says how fast each was, ${width} wide`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.route(/train\.worker.*\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: disguise + (await response.text()) });
    });
    const { open, inPhase, button, alert, atStep } = lab(page);
    await open("data=ring&model=vae&s.hidden=8&s.latent=2&s.batch=8&steps=20&seed=11", "");
    await inPhase("ready");
    await expect(badge(page)).toHaveText(/^WebGPU/);
    await button("Train").click();
    await inPhase("finished");
    await atStep(20);
    // A CPU that passes for a GPU loses against the CPU itself.
    await expect(page.locator("html")).toHaveAttribute("data-backend", "wasm");
    await expect(badge(page)).toHaveText("WASM");
    await badge(page).hover();
    await expect(tip(page)).toBeVisible();
    await expect(tip(page)).toHaveText(
      /^WASM\. The fastest here when all were tried on this model: WASM: [\d,.]+ steps\/s, WebGPU: [\d,.]+\.$/,
    );
    expect(await violations(page)).toEqual([]);
    const box = (await tip(page).boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    await expect(alert).toHaveCount(0);
  });

test("the badge says why this backend and how steps reach it, and leads to the benchmark by keyboard too", async ({
  page,
  context,
}) => {
  const { open, inPhase, button, atStep } = lab(page);
  await open("data=ring&model=vae&s.hidden=8&s.latent=2&s.batch=8&steps=100000", "?backend=webgpu");
  await inPhase("ready");
  await button("Train").click();
  await atStep(10);
  await badge(page).focus();
  await expect(tip(page)).toHaveText(/^WebGPU on .+ \(software\)\. WebGPU was asked for\.( Recorded: .+)?$/);
  await button("Pause").click();
  await inPhase("paused");
  await badge(page).focus();
  await page.keyboard.press("Tab");
  const link = page.getByRole("link", { name: "Measure this machine" });
  await expect(link).toBeFocused();
  await expect(tip(page)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const opened = context.waitForEvent("page");
  await page.keyboard.press("Enter");
  await expect((await opened).getByRole("heading", { name: "How fast does it train here?" })).toBeVisible();
  await page.bringToFront();
  await link.focus();
  await page.keyboard.press("Escape");
  await expect(tip(page)).toBeHidden();
  await expect(badge(page)).toBeFocused();
});
