import { expect, test, type Page } from "@playwright/test";
import { lab } from "./lab.ts";

const stored = (page: Page) =>
  page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: (await caches.keys()).length,
    cookies: document.cookie,
  }));
const nothing = { local: 0, session: 0, databases: [], caches: 0, cookies: "" };

test("every run is in a table: named, compared, laid over another, opened again, and kept only where that is ticked", async ({
  page,
}) => {
  const { open, inPhase, step, button } = lab(page);
  await open("data=ring&model=vae&steps=40");
  await inPhase("ready");
  await button("Train").click();
  await inPhase("finished");
  await page.getByRole("combobox", { name: "Model" }).selectOption("gan");
  await button("Train").click();
  await inPhase("finished");

  await button("Runs (2)").click();
  const dialog = page.getByRole("dialog", { name: "Runs" });
  const rows = dialog.getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("GAN");
  await expect(rows.nth(2)).toContainText("VAE; the baseline");
  await expect(rows.nth(1)).toContainText("40");
  const name = dialog.getByRole("textbox").first();
  await name.fill("the adversary");
  await name.press("Enter");
  await dialog.getByRole("button", { name: "Pin the adversary" }).click();
  await dialog.getByRole("button", { name: "Run", exact: true }).click();
  await expect(dialog.getByRole("columnheader", { name: /^Run/ })).toHaveAttribute("aria-sort", "ascending");
  await expect(rows.nth(1).getByRole("textbox")).toHaveValue("the adversary");
  for (const box of await dialog.getByRole("checkbox", { name: /^Overlay losses/ }).all()) await box.check();
  const losses = dialog.getByRole("img", { name: /^Curves over steps/ });
  await expect(losses).toHaveAccessibleName(/the adversary, generator ends at .*, \w+ \w+, loss ends at/);
  await dialog.getByRole("searchbox").fill("adversary ring");
  await expect(rows).toHaveCount(2);
  await dialog.getByRole("searchbox").fill("");
  expect(await stored(page)).toEqual(nothing);

  // Kept, and still there after a reload.
  await dialog.getByRole("checkbox", { name: "Remember on this device" }).check();
  await expect(dialog.getByRole("status")).toContainText("kept on this device from now on");
  expect(await stored(page)).toEqual({ ...nothing, databases: ["likeness"] });
  await page.reload();
  await inPhase("ready");
  await button("Runs (2)").click();
  await expect(rows.nth(1).getByRole("textbox")).toHaveValue("the adversary");
  await dialog.getByRole("button", { name: "Open the adversary" }).click();
  await expect(page.getByText("A shared result, replayed")).toBeVisible();
  expect(await step()).toBe(40);
  await page.goBack();

  // Deleted one by one, and all at once.
  await button("Runs (2)").click();
  await dialog.getByRole("button", { name: "Delete the adversary" }).click();
  await expect(rows).toHaveCount(2);
  await dialog.getByRole("button", { name: "Forget everything" }).click();
  await expect(dialog.getByRole("status")).toContainText("Everything is forgotten: 1 run.");
  await expect.poll(() => stored(page)).toEqual(nothing);
  await page.reload();
  await inPhase("ready");
  await expect(button("Runs")).toBeVisible();
});

test("a run that a crash or a reload cuts off is gone on with, its table of one's own and its curve with it", async ({
  page: first,
  context,
}) => {
  let page = first;
  let { open, inPhase, atStep, button, drop, alert } = lab(page);
  await open("data=ring&model=vae&steps=1000000");
  await inPhase("ready");
  await button("Runs").click();
  await page.getByRole("checkbox", { name: "Remember on this device" }).check();
  await page.keyboard.press("Escape");
  await drop(
    "mine.csv",
    `a,b\n${Array.from({ length: 80 }, (_, i) => `${i % 13},${"xyz"[i % 3]}`).join("\n")}\n`,
  );
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
  await inPhase("ready");
  await button("Train").click();
  await atStep(5);
  // Checkpoints come every two seconds.
  const keptAt = async (): Promise<number> =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open("likeness");
          opening.addEventListener("success", () => {
            const { result } = opening;
            const asked = result.transaction("unfinished").objectStore("unfinished").get("run");
            asked.addEventListener("success", () => {
              result.close();
              resolve(
                (asked.result as { kept: { checkpoint: { step: number } } } | undefined)?.kept.checkpoint
                  .step ?? 0,
              );
            });
          });
        }),
    );
  await expect.poll(keptAt, { intervals: [250] }).toBeGreaterThan(50);
  // The page's process dies in mid-training, workers and all; the tab is opened anew.
  const crashed = page.waitForEvent("crash");
  const devtools = await context.newCDPSession(page);
  void devtools.send("Page.crash").catch(() => undefined);
  await crashed;
  page = await context.newPage();
  ({ open, inPhase, atStep, button, drop, alert } = lab(page));
  await open("");
  const offered = page.getByRole("region", { name: "Unfinished run" });
  await expect(offered).toContainText(/VAE on mine\.csv was cut off.*at step [\d,]+\./);
  const kept = Number(/at step ([\d,]+)/.exec(await offered.innerText())![1]!.replaceAll(",", ""));
  await offered.getByRole("button", { name: "Resume" }).click();
  await inPhase("training");
  await atStep(kept + 20);
  await expect(alert.filter({ hasText: /mine|run/ })).toHaveCount(0);
  await expect(offered).toHaveCount(0);
  await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
  await button("Pause").click();
  await inPhase("paused");
  // The curve goes on from where it was, and what was seen before is still there.
  const ends = async (): Promise<number> =>
    Number(
      /up to step (\d+)/.exec(
        (await page.getByRole("img", { name: /^Loss curves/ }).getAttribute("aria-label")) ?? "",
      )?.[1],
    );
  await expect.poll(ends).toBeGreaterThan(kept);
  const machine = page.getByRole("slider", { name: "Moment", exact: true });
  await machine.focus();
  await page.keyboard.press("Home");
  const oldest = Number((await machine.getAttribute("aria-valuetext"))!.replace(/\D/g, ""));
  expect(oldest).toBeLessThan(kept);

  // After a reload it is offered as it stands now; discarded, it is not offered again.
  await page.reload();
  await expect(offered).toContainText(/VAE on mine\.csv was cut off/);
  await offered.getByRole("button", { name: "Discard" }).click();
  await expect(offered).toHaveCount(0);
  await page.reload();
  await inPhase("ready");
  await expect(offered).toHaveCount(0);
});
