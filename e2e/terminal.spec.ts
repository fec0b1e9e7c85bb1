/** Issue 4: a run from a terminal equals the browser's for the same seed and backend. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { lab } from "./lab.ts";
import { mixedCsv } from "./mixed.ts";

const root = path.resolve(import.meta.dirname, "..");

/** What both are told of each model; small networks, since what is compared is not how well they learn. */
const runs = [
  ["gan", 40, { generator: "24-24", discriminator: "24-24" }],
  ["ctgan", 10, { generator: "24-24", discriminator: "24-24" }],
  ["vae", 40, { hidden: "24-24" }],
  ["diffusion", 40, { hidden: "24-24" }],
  ["diffusion", 20, { hidden: "24-24", process: "edm" }],
  ["ddgan", 20, { generator: "24-24", discriminator: "24-24" }],
  ["copula", 1, {}],
  ["smote", 1, {}],
] as const;

test.describe("the same run in the browser and from a terminal", () => {
  const csv = mixedCsv(300);
  const seed = 11;

  for (const [model, steps, settings] of runs)
    test(`${[model, "process" in settings ? settings.process : ""].join(" ").trim()}: the same rows`, async ({
      page,
    }) => {
      const { open, inPhase, drop, button } = lab(page);
      const set = Object.entries(settings);
      await open(
        [
          `model=${model}&steps=${steps}&seed=${seed}`,
          ...set.map(([key, value]) => `s.${key}=${value}`),
        ].join("&"),
      );
      await inPhase("ready");
      await drop("staff.csv", csv);
      await expect(page.locator("html")).toHaveAttribute("data-dataset", "own");
      await inPhase("ready");
      await button("Train").click();
      await inPhase("finished");
      await page.getByRole("spinbutton", { name: "Rows", exact: true }).fill("700");
      const arriving = page.waitForEvent("download");
      await button("Download CSV").click();
      const there = await readFile(await (await arriving).path(), "utf8");

      const folder = await mkdtemp(path.join(tmpdir(), "likeness-same-"));
      try {
        await writeFile(path.join(folder, "staff.csv"), csv);
        const options = `--model ${model} --steps ${steps} --seed ${seed} --rows 700 --backend wasm --quiet`;
        const { stdout: here } = await promisify(execFile)(process.execPath, [
          path.join(root, "scripts/likeness.mjs"),
          "train",
          path.join(folder, "staff.csv"),
          ...options.split(" "),
          ...set.flatMap(([key, value]) => ["--set", `${key}=${value.replaceAll("-", "x")}`]),
        ]);
        expect(here.split("\n")).toHaveLength(1 + 700 + 1);
        expect(here).toBe(there);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
});
