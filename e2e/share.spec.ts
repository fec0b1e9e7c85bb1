import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { resultHash } from "../src/share/link.ts";
import type { SharedResult } from "../src/share/result.ts";
import { writeResult } from "../src/share/resultText.ts";
import { race } from "../src/share/testing/anyResult.ts";
import { lab } from "./lab.ts";

/** A result with this text wherever it has one of its own. */
const marked = (result: SharedResult, text: string): SharedResult => ({
  ...result,
  table: {
    ...result.table,
    columns: [{ type: "category", place: 0, name: text, categories: [{ label: text, share: 0.5 }] }],
  },
  scene: {
    ...result.scene!,
    x: { ...result.scene!.x, label: text },
    y: { ...result.scene!.y, label: text },
  },
  runs: result.runs.map((run) => ({
    ...run,
    distances: [0.1],
    shares: [[0.5]],
    losses: {
      ...run.losses,
      curves: run.losses.curves.map((curve) => ({ ...curve, name: text.slice(0, 60) })),
    },
  })),
});

/** A run of a few steps and the result link that the dialog offers for it. */
async function sharedLink(page: Page, hash = "data=moons&model=vae&steps=60&seed=5"): Promise<string> {
  const { open, inPhase, button } = lab(page);
  await open(hash);
  await inPhase("ready");
  await button("Train").click();
  await inPhase("finished");
  // The last picture comes a moment after the last step.
  await expect(page.getByText(/distance 0\.\d+|Distance/).first()).toBeVisible();
  return linkOfDialog(page);
}

async function linkOfDialog(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("tab", { name: "Result link" }).click();
  const link = page.getByRole("tabpanel").getByRole("textbox", { name: "Link" });
  await expect(link).toHaveValue(/#v=2&r=/);
  return link.inputValue();
}

const table = (page: Page) => page.getByRole("region", { name: "Figures of the run" }).innerText();
async function picture(page: Page): Promise<string> {
  const image = await page
    .getByRole("main")
    .locator("canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  return createHash("sha256").update(image).digest("hex");
}
/** The replay has come to its end. */
const atEnd = (page: Page) => expect(page.getByRole("button", { name: "Play the replay" })).toBeVisible();

test.describe("a result travels by link", () => {
  let link = "";
  let away: BrowserContext;
  let guest: Page;

  test.beforeAll(async ({ browser }) => {
    const home = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    link = await sharedLink(await home.newPage());
    await home.close();
    away = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    guest = await away.newPage();
  });
  test.afterAll(() => away.close());

  test("and shows the same figures and pictures elsewhere, with the network off, training nothing", async () => {
    const failures: string[] = [];
    guest.on("pageerror", (error) => failures.push(error.message));
    await guest.goto(link);
    await atEnd(guest);
    const figures = await table(guest);
    const last = await picture(guest);
    expect(figures).toContain("60");
    expect(guest.workers()).toHaveLength(0);
    // Its panel scrolls by itself: the page has no blank below.
    expect(await guest.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);

    // A lab that was opened before, without a network now: the link is pasted into its address bar.
    await guest.goto(new URL("./?backend=wasm#v=1&data=ring", link).href);
    await lab(guest).inPhase("ready");
    await guest.waitForTimeout(4_000); // what shows results is fetched when the lab has come to rest
    await away.setOffline(true);
    await guest.evaluate((hash) => (location.hash = hash), new URL(link).hash);
    await atEnd(guest);
    expect(await table(guest)).toBe(figures);
    expect(await picture(guest)).toBe(last);

    // Back to the first moment: another picture, and nothing was asked of the network for it.
    await guest.getByRole("slider", { name: "Moment" }).press("Home");
    await expect.poll(() => picture(guest)).not.toBe(last);
    await guest.getByRole("slider", { name: "Moment" }).press("End");
    await expect.poll(() => picture(guest)).toBe(last);
    await expect(guest.locator("html")).toHaveAttribute("data-state", "ready");
    await away.setOffline(false);
    expect(failures).toEqual([]);
  });

  test("and can be run on built-in data by whoever looks at it", async () => {
    await guest.goto(link);
    await atEnd(guest);
    await guest.getByRole("button", { name: "Run it yourself" }).click();
    await lab(guest).inPhase("finished");
    const html = guest.locator("html");
    await expect(html).toHaveAttribute("data-dataset", "moons");
    await expect(html).toHaveAttribute("data-model", "vae");
    await expect(html).toHaveAttribute("data-step", "60");
    expect(guest.url()).toContain("seed=5");
    await guest.goBack();
    await expect(guest.getByRole("button", { name: "Run it yourself" })).toBeVisible();
  });

  test("and is a bare stage for slides", async () => {
    await guest.goto(link.replace("#", "?embed=1#"));
    await atEnd(guest);
    await expect(guest.getByRole("slider", { name: "Moment" })).toBeVisible();
    await expect(guest.getByRole("button", { name: "Run it yourself" })).toBeHidden();
    await expect(guest.getByRole("banner")).toHaveCount(0);
  });

  test("and is refused in words where it was cut off, before a lab that waits", async () => {
    await guest.goto("about:blank");
    await guest.goto(link.slice(0, -40));
    await lab(guest).inPhase("ready");
    await expect(guest.getByRole("alert")).toContainText("cut off");
    expect(await lab(guest).step()).toBe(0);
  });

  test("and markup in its every string is text", async () => {
    const markup = `<img src=x onerror="document.title='run'"><b>k</b>`;
    const bad = marked(race(2, { looks: 2, points: 20 }), markup);
    await guest.goto("about:blank");
    await guest.goto(`${link.slice(0, link.indexOf("#"))}#${resultHash(await writeResult(bad))}`);
    await atEnd(guest);
    await expect(guest.getByText(markup).first()).toBeVisible();
    expect(await guest.locator("img[src='x']").count()).toBe(0);
    expect(await guest.title()).not.toBe("run");
  });

  test("and leaves as pictures and text", async () => {
    await guest.goto("about:blank");
    await guest.goto(link);
    await atEnd(guest);
    for (const [button, start] of [
      ["PNG", "\u0089PNG"],
      ["SVG", "<svg"],
    ] as const) {
      const arriving = guest.waitForEvent("download");
      await guest.getByRole("button", { name: button, exact: true }).click();
      const file = await arriving;
      expect(await readFile(await file.path(), "latin1")).toMatch(new RegExp(`^${start}`, "u"));
    }
    await away.grantPermissions(["clipboard-read", "clipboard-write"]);
    await guest.getByRole("button", { name: "Copy as Markdown" }).click();
    await expect.poll(() => guest.evaluate(() => navigator.clipboard.readText())).toContain("| Steps | 60 |");
    await guest.getByRole("button", { name: "Copy as a citation" }).click();
    await expect.poll(() => guest.evaluate(() => navigator.clipboard.readText())).toContain("Kingma");
  });
});

test.describe("a result of a private table", () => {
  const secret = "zebra-7431-canary";
  const rows = Array.from(
    { length: 120 },
    (_, i) => `${["otter", "lynx", "stoat"][i % 3]},${(i * 37) % 101},${31_337.25 + ((i * 13) % 29)}`,
  );
  const csv = `${secret},size,tonnage\n${rows.join("\n")}\n`;

  test("holds no name and no category unless it is ticked, and runs on the same file alone", async ({
    page,
    browser,
  }) => {
    const { open, inPhase, drop, button } = lab(page);
    await open("data=ring&model=vae&steps=30");
    await inPhase("ready");
    await drop("private.csv", csv);
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
    const link = await linkOfDialog(page);
    const panel = page.getByRole("tabpanel");
    const whole = async () => {
      await panel.getByText("All of it as text").click();
      const text = await panel.locator("pre").innerText();
      await panel.getByText("All of it as text").click();
      return text;
    };
    expect(await whole()).not.toMatch(/zebra|otter|lynx|private|31337|tonnage/);
    await panel.getByRole("checkbox", { name: /Column names/ }).check();
    await expect(panel.getByText(secret, { exact: false }).first()).toBeVisible();
    expect(await whole()).not.toMatch(/otter|lynx|31337/);
    await panel.getByRole("checkbox", { name: /Categories/ }).check();
    await expect(panel.getByText(/3 categories/)).toBeVisible();
    expect(await whole()).toContain("otter");

    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const guest = await context.newPage();
    const there = lab(guest);
    await guest.goto(link);
    await expect(guest.getByText("a table of someone's own", { exact: false }).first()).toBeVisible();
    expect(await guest.locator("body").innerText()).not.toMatch(/zebra|otter|tonnage/);
    await there.drop("other.csv", csv.replace("tonnage", "height"));
    await expect(guest.getByRole("alert")).toContainText("not those of the shared result");
    expect(await there.step()).toBe(0);
    await guest.goBack();
    await expect(guest.getByText("Drop the same CSV to run it")).toBeVisible();
    await there.drop("private.csv", csv);
    await there.inPhase("finished");
    await expect(guest.locator("html")).toHaveAttribute("data-step", "30");
    await context.close();
  });

  test("is kept as a file, with weights if wanted, and is looked at by dropping it", async ({ page }) => {
    const { open, inPhase, button, drop } = lab(page);
    await open("data=birds&model=vae&steps=20");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
    await button("Share").click();
    await page.getByRole("tab", { name: "Run file" }).click();
    const texts: string[] = [];
    for (const weights of [false, true]) {
      await page.getByRole("checkbox", { name: /Weights/ }).setChecked(weights);
      const arriving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save file" }).click();
      const file = await arriving;
      expect(file.suggestedFilename()).toMatch(/\.likeness\.json$/);
      texts.push(await readFile(await file.path(), "utf8"));
    }
    expect(JSON.parse(texts[0]!)).not.toHaveProperty("state");
    expect(JSON.parse(texts[1]!)).toMatchObject({ likeness: 1, model: "vae", step: 20, rows: 400 });
    await page.keyboard.press("Escape");
    await drop("run.likeness.json", texts[1]!);
    await expect(page.getByRole("button", { name: "Run it yourself" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Figures of the run" })).toContainText("20");
  });
});
