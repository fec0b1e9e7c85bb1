import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";

const pdf = Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "latin1");
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82]);
const wide = `${Array.from({ length: 25_000 }, (_, i) => `c${i}`).join(",")}\n`;
const many = `${Array.from({ length: 5_000 }, (_, i) => `c${i}`).join(",")}\n`;
const line = (cells: number, from = 0): string =>
  `${Array.from({ length: cells }, (_, i) => (i * 7 + from) % 10).join(",")}\n`;

/** Files that are no table: refused in words, and the table before stays. */
const refused: readonly (readonly [name: string, content: string | Buffer, words: RegExp])[] = [
  ["empty.csv", "", /empty/i],
  ["header-only.csv", "a,b,c\n", /no rows/i],
  ["document.csv", pdf, /PDF/],
  ["picture.csv", png, /PNG|picture|image/i],
  ["one-row.csv", "a,b\n1,x\n", /single row/],
  ["all-missing.csv", "a,b\n,NA\n,?\n,\n", /Every cell is missing, in all 3 rows and 2 columns/],
  ["constant.csv", "a,b\n1,x\n1,x\n1,x\n", /All 3 rows are the same/],
  ["too-wide.csv", wide + line(25_000), /columns/i],
];

/** Odd files that are tables: read, and what was mended is said. */
const read: readonly (readonly [name: string, content: string | Buffer, rows: number, words?: RegExp])[] = [
  ["windows.csv", "a,b\r\n1,x\r\n2,y\r\n3,x\r\n", 3],
  ["bom.csv", "\uFEFFa,b\n1,x\n2,y\n", 2],
  ["utf16.csv", Buffer.from("\uFEFFgröße,art\n1,ä\n2,ö\n", "utf16le"), 2],
  ["latin1.csv", Buffer.from("größe,art\n1,ä\n2,ö\n", "latin1"), 2, /windows-1252|latin/i],
  ["ragged.csv", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,4\n", 4, /row/i],
  ["duplicate.csv", "a,a,\n1,2,3\n4,5,6\n", 2, /a \(2\)/],
  ["commas.csv", "menge;art\n1,5;x\n2,25;y\n1.234,5;x\n", 3],
  ["thousands.csv", 'n,k\n"1,234",a\n"2,345,678",b\n"12",a\n', 3],
  ["one-column.csv", "length\n1.5\n2.5\n9\n", 3],
  ["no-names.csv", "a,,\n1,2,3\n4,5,7\n", 2, /2 columns without a name/],
  ["unclosed.csv", 'a,b\nx,1\n"y,2\nz,3\n', 3, /opens in row 3 and never closes/],
  ["mixed.csv", "a,b,c\n1,2,3\n4;5;6\n7,8,9\n", 3, /Row 3 uses another delimiter/],
  ["long-cell.csv", `a,b\n1,${"x".repeat(100_000)}\n2,y\n3,y\n`, 3],
  ["huge.csv", "n,k\n123456789012345678901,a\n123456789012345678902,b\n1,a\n", 3],
  ["extreme.csv", "n,k\n1e308,a\n-1e308,b\nNaN,a\nInfinity,b\n2,a\n", 5],
  ["five-thousand.csv", many + line(5_000) + line(5_000, 1) + line(5_000, 2), 3],
];

test.describe("a person drops something odd", () => {
  test("what is no table is refused in words, and the page goes on", async ({ page }) => {
    const { open, inPhase, drop, alert, button, atStep } = lab(page);
    await open("data=ring&model=vae&steps=5");
    await inPhase("ready");
    for (const [name, content, words] of refused) {
      await drop(name, content);
      await expect(alert, name).toContainText(words);
      await inPhase("ready");
      await expect(page.locator("html"), name).toHaveAttribute("data-dataset", "ring");
      await alert.getByRole("button", { name: "Dismiss this message" }).click();
      await expect(alert).toHaveCount(0);
    }
    await button("Train").click();
    await atStep(5);
  });

  test("what is a table after all is read, and what was mended is said", async ({ page }) => {
    const { open, inPhase, drop } = lab(page);
    await open("data=ring");
    await inPhase("ready");
    for (const [name, content, rows, words] of read) {
      await drop(name, content);
      await expect(
        page.getByText(new RegExp(`^Read ${rows} rows in .* s, on this device`)).first(),
        name,
      ).toBeVisible();
      await expect(page.getByRole("combobox", { name: "Dataset" }), name).toContainText(name);
      await inPhase("ready");
      if (words !== undefined)
        await expect(page.getByRole("complementary", { name: "Experiment" }), name).toContainText(words);
    }
  });

  test("a large file shows its progress and can be cancelled", async ({ page }) => {
    const { open, inPhase } = lab(page);
    await open("data=ring");
    await inPhase("ready");
    // 2 GB made in the page of one piece, so that nothing has to travel or be held, and no reader is done with it soon.
    const input = await page.getByLabel("Open a CSV").elementHandle();
    await page.evaluate((element) => {
      const block = new Blob(["12.5,abc,7,2020-01-01,some longer text here\n".repeat(20_000)]);
      const blob = new Blob(["a,b,c,d,e\n", ...Array.from({ length: 2_400 }, () => block)]);
      const transfer = new DataTransfer();
      transfer.items.add(new File([blob], "large.csv", { type: "text/csv" }));
      (element as HTMLInputElement).files = transfer.files;
      (element as HTMLInputElement).dispatchEvent(new Event("change", { bubbles: true }));
    }, input);
    const bar = page.getByRole("progressbar").first();
    await expect(bar).toBeVisible();
    await expect(page.getByText(/rows so far|rows/).first()).toBeVisible();
    // The page draws frames while it reads: several of them pass, and the reading still goes on.
    for (let frame = 0; frame < 5; frame++)
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await expect(bar).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).click();
    await inPhase("ready");
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "ring");
  });
});
