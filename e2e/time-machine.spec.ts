import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

test("a run is looked back at: dragged through, compared with itself, played, and its best step brought back", async ({
  page,
}, { annotations }) => {
  const { open, inPhase, atStep, step, button, status } = lab(page);
  await open("data=ring&model=gan&steps=1000000");
  await inPhase("ready");
  const machine = page.getByRole("region", { name: "Time machine" });
  await expect(machine).toHaveCount(0);
  await button("Train").click();
  const best = machine.getByRole("button", { name: /^Best, step/ });
  await expect(best).toBeVisible();
  await atStep((await step()) + 300);
  await button("Pause").click();
  await inPhase("paused");

  // By keys: the first moment, and on from there.
  const thumb = machine.getByRole("slider", { name: "Moment", exact: true });
  await thumb.focus();
  await page.keyboard.press("Home");
  const first = await thumb.getAttribute("aria-valuetext");
  const stage = page.getByRole("img", { name: /^Points in the plane/ });
  await expect(stage).toHaveAccessibleName(new RegExp(`at ${first!.toLowerCase()}\\.$`));
  await page.keyboard.press("ArrowRight");
  await expect(thumb).not.toHaveAttribute("aria-valuetext", first!);
  await expect(machine.getByLabel("Figures then")).toContainText(/generator [−\d.]+/);
  await expect(page.getByRole("complementary", { name: "Results" })).toContainText(/Now, step [\d,]+/);

  // By mouse, from end to end and back, with the pace of the pictures.
  const line = (await thumb.locator("..").locator("..").boundingBox())!;
  await page.mouse.move(line.x + 8, line.y + line.height / 2);
  await page.mouse.down();
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { frameTimes: times });
    let before = performance.now();
    requestAnimationFrame(function turn(now) {
      times.push(now - before);
      before = now;
      requestAnimationFrame(turn);
    });
  });
  for (let move = 0; move < 120; move++) {
    const share = Math.abs(((move / 60) % 2) - 1);
    await page.mouse.move(line.x + 8 + (1 - share) * (line.width - 16), line.y + line.height / 2);
  }
  const times = await page.evaluate(() =>
    (window as unknown as { frameTimes: number[] }).frameTimes.slice(1),
  );
  await page.mouse.up();
  const sorted = times.toSorted((a, b) => a - b);
  const said = `Scrubbing: ${((1000 * times.length) / times.reduce((sum, time) => sum + time, 0)).toFixed(0)} frames a second, median ${sorted[Math.floor(sorted.length / 2)]!.toFixed(1)} ms, 95 % within ${sorted[Math.floor(0.95 * sorted.length)]!.toFixed(1)} ms.`;
  annotations.push({ type: "scrubbing", description: said });
  console.log(said);

  // Two moments side by side.
  await machine.getByRole("button", { name: "Compare two" }).click();
  await expect(stage).toHaveCount(2);
  await expect(machine.getByRole("slider", { name: "Moment A" })).toBeVisible();
  // The very first look may be older than the first losses.
  await machine.getByRole("slider", { name: "Moment A" }).focus();
  for (let key = 0; key < 3; key++) await page.keyboard.press("ArrowRight");
  await expect(machine.getByLabel("Figures of A and B")).toContainText("→");
  await machine.getByRole("button", { name: "One moment" }).click();
  await expect(stage).toHaveCount(1);

  // Played from the beginning, as fast as it goes.
  await machine.getByLabel("Speed of playing").selectOption("8×");
  await thumb.focus();
  await page.keyboard.press("Home");
  await machine.getByRole("button", { name: "Play the run" }).click();
  await expect(machine.getByRole("button", { name: "Play the run" })).toBeVisible(); // it has come to its end
  await machine.getByRole("button", { name: "Back to now" }).click();
  await expect(machine).toContainText("now");

  // The best step comes back with its weights, and makes rows.
  await best.click();
  const wanted = Number((await best.innerText()).replace(/\D/g, ""));
  const held = machine.getByRole("button", { name: /^Restore step/ });
  await held.click();
  await expect(status).toContainText(/back at step/);
  await expect.poll(step).toBeLessThanOrEqual(wanted);
  const download = page.waitForEvent("download");
  await button("Download CSV").click();
  await download;
});

test("a run on images, or on a single column, is looked back at in its own view", async ({ page }) => {
  const { open, inPhase, button, drop } = lab(page);
  const moment = page.getByRole("slider", { name: "Moment", exact: true });
  const backThere = async (): Promise<string> => {
    await moment.focus();
    await page.keyboard.press("Home");
    return (await moment.getAttribute("aria-valuetext"))!.toLowerCase();
  };
  await open("data=glyphs-8&model=vae&steps=60");
  await inPhase("ready");
  await button("Train").click();
  await inPhase("finished");
  const images = page.getByRole("img", { name: /synthetic images of 8 by 8 pixels/ });
  const first = await backThere();
  await expect(images).toHaveAccessibleName(new RegExp(`^64 synthetic images .*, ${first}$`));
  await page.getByRole("button", { name: "Compare two" }).click();
  await expect(images).toHaveCount(2);
  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(images).toHaveAccessibleName(/pixels$/);

  await drop("one.csv", `a\n${Array.from({ length: 90 }, (_, i) => (i * i) % 41).join("\n")}\n`);
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
  await inPhase("ready");
  await button("Train").click();
  await inPhase("finished");
  await backThere();
  const column = page.getByRole("img", { name: /^a: distribution of real and synthetic values/ });
  const early = await column.locator("path").last().getAttribute("d");
  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(column.locator("path").last()).not.toHaveAttribute("d", early!);
});
