import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import Papa from "papaparse";
import { lab } from "./lab.ts";
import { mixedCsv, mixedHeader } from "./mixed.ts";

type Table = Record<string, string>[];
// The project declares only the part of Papa Parse that it uses itself.
const { parse } = Papa as unknown as { parse(text: string, options: { header: true }): { data: Table } };
const read = (text: string): Table => parse(text.trimEnd(), { header: true }).data;
const missing = (table: Table, column: string): number =>
  table.filter((row) => row[column] === "").length / table.length;

const categories = ["job", "region", "grade", "smoker", "married"];
const numbers = [
  "age",
  "income",
  "savings",
  "children",
  "height_m",
  "score",
  "hours",
  "temperature",
  "visits",
];

/** Starts to note main-thread tasks of over 50 ms. */
const watchTasks = (): void => {
  const tasks: number[] = [];
  Object.assign(globalThis, { longTasks: tasks });
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
    type: "longtask",
  });
};

test.describe("a data scientist drops a private CSV", () => {
  const source = mixedCsv(8_000);
  const real = read(source);

  // Steps, not seconds: a busy machine takes as many, and makes the same rows.
  for (const [model, steps] of [
    ["gan", 900],
    ["vae", 700],
    ["diffusion", 110],
  ] as const) {
    test(`trains a ${model} on 8,000 mixed rows and takes 8,000 rows away`, async ({ page }, {
      annotations,
    }) => {
      const { open, inPhase, drop, button } = lab(page);
      await page.addInitScript(watchTasks);
      await open(`model=${model}&steps=${steps}`);
      await inPhase("ready");
      await drop("staff.csv", source);
      await expect(page.getByText(/Read 8,000 rows in .* s, on this device/).first()).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
      await inPhase("ready");
      await page.evaluate(() => {
        (globalThis as unknown as { longTasks: number[] }).longTasks.length = 0;
      });
      await button("Train").click();
      await inPhase("training");
      await inPhase("finished");
      const tasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
      const report = `${model}: main-thread tasks over 100 ms while training ${steps} steps: ${tasks.filter((task) => task > 100).length} (longest ${Math.round(Math.max(0, ...tasks))} ms)`;
      annotations.push({ type: "long tasks", description: report });
      console.log(report);

      await page.getByRole("spinbutton", { name: "Rows", exact: true }).fill("8000");
      const arriving = page.waitForEvent("download");
      await button("Download CSV").click();
      const download = await arriving;
      expect(download.suggestedFilename()).toBe("staff-synthetic-8000.csv");
      const made = read(await readFile(await download.path(), "utf8"));

      expect(made).toHaveLength(8_000);
      expect(Object.keys(made[0]!)).toEqual([...mixedHeader]);
      for (const column of categories) {
        const known = new Set(real.map((row) => row[column]));
        expect(made.every((row) => known.has(row[column]))).toBe(true);
      }
      for (const column of numbers) {
        const values = real.map((row) => row[column]!).filter((cell) => cell !== "");
        const [low, high] = [Math.min(...values.map(Number)), Math.max(...values.map(Number))];
        const decimals = Math.max(...values.map((cell) => cell.split(".")[1]?.length ?? 0));
        for (const row of made) {
          const cell = row[column]!;
          if (cell === "") continue;
          const value = Number(cell);
          if (!(value >= low && value <= high)) throw new Error(`${column} ${cell} outside ${low}..${high}`);
          if ((cell.split(".")[1]?.length ?? 0) > decimals)
            throw new Error(`${column} ${cell}: too many decimals`);
        }
      }
      expect(made.every((row) => row["joined"] === "" || /^\d{4}-\d\d-\d\d$/.test(row["joined"]!))).toBe(
        true,
      );
      for (const column of mixedHeader) {
        const off = Math.abs(missing(made, column) - missing(real, column));
        console.log(
          `  ${model} ${column}: missing ${missing(real, column).toFixed(3)} -> ${missing(made, column).toFixed(3)}`,
        );
        expect.soft(off, `missing share of ${column}`).toBeLessThanOrEqual(0.03);
      }
    });
  }

  test("sees which columns are off and why, and changes a type", async ({ page }) => {
    const { open, inPhase, choose } = lab(page);
    await open("data=ring");
    await inPhase("ready");
    const rows = Array.from({ length: 80 }, (_, i) => `${5000 + i},${i % 9},always,${["a", "b"][i % 2]}`);
    await choose("ids.csv", `customer_id,size,constant,kind\n${rows.join("\n")}\n`);
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
    await page.getByRole("button", { name: "Look at columns" }).click();
    const dialog = page.getByRole("dialog");
    const row = (name: string) => dialog.getByRole("row", { name: new RegExp(name) });
    await expect(row("customer_id").getByRole("checkbox")).not.toBeChecked();
    await expect(row("constant").getByRole("checkbox")).not.toBeChecked();
    await expect(row("kind").getByRole("checkbox")).toBeChecked();
    await row("size").getByRole("combobox").selectOption("category");
    await expect(row("size")).toContainText(/9 categories/);
  });

  test("pastes a table", async ({ page }) => {
    const { open, inPhase } = lab(page);
    await open("data=ring");
    await inPhase("ready");
    await page.getByRole("button", { name: "Paste" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("x;y\n1,5;a\n2,5;b\n3,5;a\n4,25;b\n");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /open|use|read/i })
      .click();
    await expect(page.getByText(/Read 4 rows/).first()).toBeVisible();
  });
});
