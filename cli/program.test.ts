import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modelCards } from "../src/catalog/models.ts";
import type { Decoder } from "../src/onnx/decoder.ts";
import { openSession } from "../src/onnx/testing/session.ts";
import { run } from "./program.ts";
import { smallCsv, terminal } from "./testing/terminal.ts";

const quick = ["--backend", "cpu", "--model", "vae", "--set", "hidden=4", "--set", "batch=8"];
const train = (...more: string[]): string[] => ["train", "-", ...quick, "--steps", "3", ...more];

let folder = "";
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), "likeness-cli-"))));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => path.join(folder, name);

describe("the program", () => {
  it("lists models for people and for programs", async () => {
    const [people, programs, one] = [terminal(), terminal(), terminal()];
    expect(await run(["models"], people)).toBe(0);
    for (const { id, name } of modelCards)
      expect(people.written).toMatch(new RegExp(`^${id} +${name}`, "mu"));
    expect(await run(["models", "--json"], programs)).toBe(0);
    expect(JSON.parse(programs.written)).toEqual(modelCards);
    expect(await run(["models", "gan"], one)).toBe(0);
    expect(one.written).toContain(
      "latent         Noise size: a whole number from 1 to 512, 32 unless given.",
    );
  });

  it("names every option of a command in its help", async () => {
    const help = terminal();
    for (const topic of [[], ["train"], ["sample"], ["score"], ["export"], ["models"]])
      expect(await run(["help", ...topic], help)).toBe(0);
    for (const option of [
      "model",
      "set",
      "steps",
      "seconds",
      "seed",
      "rows",
      "holdout",
      "out",
      "columns",
      "keep-best",
      "condition",
    ])
      expect(help.written).toContain(`--${option}`);
    expect(help.written.split("\n").every((line) => line.length <= 120)).toBe(true);
  });

  it("ends with 2 and where to look where the command line is wrong", async () => {
    const wrong = terminal();
    expect(await run(["train", "x.csv", "--stpes", "3"], wrong)).toBe(2);
    expect(wrong.said).toBe(
      "likeness: There is no option --stpes. Did you mean --steps?\nSee likeness train --help.\n",
    );
    expect(wrong.written).toBe("");
  });

  it("turns a table on stdin into rows on stdout, the same for the same seed", async () => {
    const [first, again, other] = [terminal(smallCsv), terminal(smallCsv), terminal(smallCsv)];
    expect(await run(train("--rows", "7"), first)).toBe(0);
    expect(first.written.split("\n")).toHaveLength(1 + 7 + 1);
    expect(first.written).toMatch(/^size,kind\n\d+,(low|high)\n/u);
    expect(first.said).toMatch(/^Read 30 rows .*\nLearning from 24 rows, 2 columns; 6 rows held out\./u);
    expect(first.said).toContain("Trained 3 steps in");
    await run(train("--rows", "7"), again);
    expect(again.written).toBe(first.written);
    await run(train("--rows", "7", "--seed", "8", "--quiet"), other);
    expect(other.written).not.toBe(first.written);
    expect(other.said).toBe("");
  });

  it("heeds what is said of columns", async () => {
    const off = terminal(smallCsv);
    expect(await run(train("--columns", "kind:off", "--rows", "1"), off)).toBe(0);
    expect(off.written).toMatch(/^size\n/u);
    expect(off.said).toContain("Left out: kind");
    const unknown = terminal(smallCsv);
    expect(await run(train("--columns", "colour:off"), unknown)).toBe(2);
    expect(unknown.said).toContain('stdin has no column "colour". Its columns: size, kind.');
  });

  it("says which values it doesn't learn one by one", async () => {
    const many = Array.from({ length: 400 }, (_, i) => `c${i % 2 === 0 ? i % 8 : i % 150},${i % 9}`);
    const heard = terminal(`city,size\n${many.join("\n")}\n`);
    expect(await run(train("--columns", "city:category", "-n", "1"), heard)).toBe(0);
    expect(heard.said).toMatch(
      /^"city": 7\d values: \d+ learned one by one, the rest drawn by frequency\.$/mu,
    );
    expect(heard.said).not.toContain('"size"');
  });

  it("overwrites a file only when told to, and never the table", async () => {
    writeFileSync(at("there.csv"), "precious");
    const kept = terminal(smallCsv);
    expect(await run(train("--out", at("there.csv")), kept)).toBe(2);
    expect(kept.said).toContain("is there already. --force overwrites it; or name another file.");
    expect(readFileSync(at("there.csv"), "utf8")).toBe("precious");

    expect(await run(train("--out", at("there.csv"), "--force", "-n", "2"), terminal(smallCsv))).toBe(0);
    expect(readFileSync(at("there.csv"), "utf8")).toMatch(/^size,kind\n/u);

    writeFileSync(at("table.csv"), smallCsv);
    const self = terminal();
    expect(await run(["train", at("table.csv"), "--force", "-o", at("table.csv")], self)).toBe(2);
    expect(self.said).toContain("is the table to learn from; name another file to write.");
    expect(readFileSync(at("table.csv"), "utf8")).toBe(smallCsv);
    expect(readdirSync(folder).toSorted()).toEqual(["table.csv", "there.csv"]);
  });

  it.each([
    [["no.csv"], 2, "There is no file no.csv."],
    [[tmpdir()], 2, "is a folder; name a file."],
    [["-", "--out", "/no/such/folder/x.csv"], 2, "There is no folder /no/such/folder to write"],
  ] as const)("refuses %s in words", async (words, code, message) => {
    const heard = terminal(smallCsv);
    expect(await run(["train", ...words], heard)).toBe(code);
    expect(heard.said).toContain(message);
  });

  it("ends with 1 and one sentence where a table can't be learned from, and leaves nothing behind", async () => {
    const empty = terminal("a,b\n1,2\n");
    expect(await run(train("--out", at("never.csv")), empty)).toBe(1);
    expect(empty.said).toContain("likeness: The table has a single row");
    expect(empty.said).not.toMatch(/\n +at /u);
    expect(existsSync(at("never.csv"))).toBe(false);
    const runaway = terminal(smallCsv.replace(/^(\d+)/gmu, "$1e30"));
    expect(await run(train("--numeric", "none", "--out", at("never.csv")), runaway)).toBe(1);
    expect(runaway.said).toMatch(/likeness: Training diverged by step \d: .*\n$/u);
    expect(readdirSync(folder)).not.toContain("never.csv");
  });

  it("keeps a model that makes the same rows without the table, and others for another seed", async () => {
    const words = ["--save", at("run.json"), "--out", at("rows.csv"), "-n", "9"];
    const saving = terminal(smallCsv);
    expect(await run(train(...words), saving)).toBe(0);
    expect(saving.said).toContain(`Saved the model in ${at("run.json")}; it holds values of the table`);
    const rows = readFileSync(at("rows.csv"), "utf8");
    const draw = async (...more: string[]): Promise<string> => {
      const drawn = terminal();
      const code = await run(["sample", at("run.json"), "--backend", "cpu", ...more], drawn);
      return code === 0 ? drawn.written : drawn.said;
    };
    expect(await draw("-n", "9")).toBe(rows);
    expect(await draw("-n", "9", "--seed", "3")).not.toBe(rows);
    expect((await draw()).split("\n")).toHaveLength(1 + 30 + 1);
    expect(await draw("--out", at("run.json"), "--force")).toContain("is the saved run; name another file");

    const alone = terminal(smallCsv);
    expect(await run(train("--save", "-"), alone)).toBe(0);
    expect(JSON.parse(alone.written)).toMatchObject({ likeness: 1, model: "vae", step: 3, rows: 30 });
    const piped = terminal(alone.written);
    expect(await run(["sample", "-", "--backend", "cpu", "-n", "9"], piped)).toBe(0);
    expect(piped.written).toBe(rows);
    const weights = terminal(alone.written.replace('"latent":16', '"latent":8'));
    expect(await run(["sample", "-", "--backend", "cpu"], weights)).toBe(1);
    expect(weights.said).toMatch(/^Drawing .*\nlikeness: stdin is damaged: \d+ weights are needed.*\.\n$/u);
    const other = terminal(smallCsv);
    expect(await run(["sample", "-"], other)).toBe(1);
    expect(other.said).toBe(
      "likeness: stdin is no saved run, or only a part of one: it is not whole JSON.\n",
    );
    const stopped = terminal(alone.written, 0);
    expect(await run(["sample", "-", "--backend", "cpu", "--out", at("none.csv")], stopped)).toBe(130);
    expect(readdirSync(folder)).not.toContain("none.csv");
  });

  it("begins with the weights of a saved run, and says which columns they are of", async () => {
    expect(
      await run(
        train("--steps", "9", "--numeric", "standard", "--save", at("source.json")),
        terminal(smallCsv),
      ),
    ).toBe(0);
    const other = smallCsv.replace("size,kind", "size,sort").replaceAll("0,", "90,");
    const words = ["train", "-", "--backend", "cpu", "--from", at("source.json"), "--steps", "1"];
    const [first, again, fresh] = [terminal(other), terminal(other), terminal(other)];
    expect(await run([...words, "-n", "9"], first)).toBe(0);
    expect(first.said).toContain("Training vae on cpu.");
    expect(first.said).toContain(
      `Starting from ${at("source.json")} (9 steps): 1 of 2 columns carried over, 1 fresh: sort.`,
    );
    await run([...words, "-n", "9"], again);
    expect(again.written).toBe(first.written);
    await run([...train("-n", "9", "--numeric", "standard"), "--steps", "1"], fresh);
    expect(fresh.written).not.toBe(first.written);

    for (const [more, code, message] of [
      [
        ["--model", "gan"],
        2,
        "is a run of vae, whose weights mean nothing to gan. Leave --model out, or --from.",
      ],
      [["--set", "latent=0"], 2, '"latent=0" can\'t be set'],
      // Its numbers mean something else on another scale; what is no number is carried all the same.
      [["--numeric", "quantile"], 0, "0 of 2 columns carried over, 2 fresh: size and sort."],
    ] as const) {
      const heard = terminal(other);
      expect(await run([...words, ...more, "-n", "1"], heard)).toBe(code);
      expect(heard.said).toContain(message);
    }
    const text = readFileSync(at("source.json"), "utf8");
    writeFileSync(at("broken.json"), text.replace('"latent":16', '"latent":8'));
    const broken = terminal(smallCsv);
    expect(await run(["train", "-", "--backend", "cpu", "--from", at("broken.json")], broken)).toBe(1);
    expect(broken.said).toMatch(/likeness: The run to start from is damaged: \d+ weights are needed/u);
    writeFileSync(at("no.json"), "{}");
    const none = terminal(smallCsv);
    expect(await run(["train", "-", "--from", at("no.json")], none)).toBe(1);
    expect(none.said).toBe(`likeness: ${at("no.json")} is JSON, but no run that Likeness saved.\n`);
    const missing = terminal(smallCsv);
    expect(await run(["train", "-", "--from", at("nowhere.json")], missing)).toBe(2);
  });

  it("exports a kept model as ONNX with its decoder beside it, and nothing where that can't be", async () => {
    const saved = terminal(smallCsv);
    expect(await run(train("--save", "-"), saved)).toBe(0);
    const write = async (input: string, ...more: string[]): Promise<readonly [number, string]> => {
      const heard = terminal(input);
      return [await run(["export", "-", ...more], heard), heard.said];
    };
    const out = at("model.onnx");
    const [code, said] = await write(saved.written, "--out", out);
    expect([code, said]).toEqual([
      0,
      `Wrote ${out}, and to ${at("model.decoder.json")} how its rows are read; that holds values of the table.\n`,
    ]);
    const decoder = JSON.parse(readFileSync(at("model.decoder.json"), "utf8")) as Decoder;
    expect(decoder).toMatchObject({ likenessDecoder: 1, model: "vae" });
    expect(decoder.columns.map(({ name }) => name)).toEqual(["size", "kind"]);
    const inputs = decoder.inputs.flatMap((input) =>
      "width" in input ? [{ name: input.draw, width: input.width }] : [],
    );
    const session = await openSession(readFileSync(out), inputs);
    const nothing = inputs.map(({ name, width }) => [name, new Float32Array(2 * width)] as const);
    const rows = await session.run(Object.fromEntries(nothing), 2);
    expect(rows.every(Number.isFinite)).toBe(true);
    await session.release();

    expect(await write(saved.written, "--out", out)).toEqual([
      2,
      expect.stringContaining("is there already."),
    ]);
    expect((await write(saved.written, "--out", out, "--force", "-q"))[0]).toBe(0);
    expect(await write(saved.written)).toEqual([2, expect.stringContaining("Say with --out where")]);
    expect(await write(saved.written, "-o-")).toEqual([2, expect.stringContaining("must name a file")]);
    const copied = terminal(smallCsv);
    await run(["train", "-", "--backend", "cpu", "--model", "copula", "--save", "-"], copied);
    const [failed, why] = await write(copied.written, "--out", at("never.onnx"));
    expect(failed).toBe(1);
    expect(why).toContain("has no network, so there is nothing for ONNX to hold.");
    const damaged = saved.written.replace('"latent":16', '"latent":8');
    expect(await write(damaged, "-o", at("never.onnx"))).toEqual([
      1,
      expect.stringContaining("stdin is damaged: "),
    ]);
    expect(readdirSync(folder).filter((name) => name.includes("never"))).toEqual([]);
  });

  it("writes rows that meet conditions, from models that heed them and from others", async () => {
    const some = ["--condition", "kind=low:0.25", "--condition", "size=10..20"];
    for (const model of ["vae", "diffusion:hidden=8"]) {
      const words = ["train", "-", "--backend", "cpu", "--steps", "3", "--model", model];
      const heard = terminal(smallCsv);
      expect(await run([...words, ...some, "-n", "8"], heard)).toBe(0);
      const rows = heard.written.trimEnd().split("\n").slice(1);
      expect(rows).toHaveLength(8);
      expect(rows.filter((row) => row.endsWith(",low"))).toHaveLength(2);
      expect(rows.map((row) => Number(row.split(",")[0])).every((size) => size >= 10 && size <= 20)).toBe(
        true,
      );
      expect(heard.said).toContain("8 synthetic rows written: 25 % with kind = low, size from 10 to 20.");
    }
    for (const [condition, message] of [
      ["kind=green", 'No training row has "kind" = "green"'],
      ["colour=red", 'There is no column "colour" to set. The columns: size, kind.'],
      ["kind", 'A condition is a column, "=" and a value'],
    ] as const) {
      const wrong = terminal(smallCsv);
      expect(await run(train("--condition", condition), wrong)).toBe(2);
      expect(wrong.said).toContain(message);
      expect(wrong.said).not.toContain("Training");
    }
  });

  it("writes such rows from a saved model too, which knows no rows", async () => {
    for (const model of ["vae:hidden=8", "diffusion:hidden=8"]) {
      const words = ["train", "-", "--backend", "cpu", "--steps", "3", "--model", model, "--save", "-"];
      const saving = terminal(smallCsv);
      expect(await run(words, saving)).toBe(0);
      const sample = async (...more: string[]): Promise<ReturnType<typeof terminal>> => {
        const heard = terminal(saving.written);
        await run(["sample", "-", "--backend", "cpu", "-n", "8", ...more], heard);
        return heard;
      };
      const both = await sample("--condition", "kind=low:0.25", "--condition", "size=10..20");
      const rows = both.written.trimEnd().split("\n").slice(1);
      expect(rows).toHaveLength(8);
      expect(rows.filter((row) => row.endsWith(",low"))).toHaveLength(2);
      for (const row of rows) expect(Number(row.split(",")[0])).toBeGreaterThanOrEqual(10);
      for (const row of rows) expect(Number(row.split(",")[0])).toBeLessThanOrEqual(20);
      expect(both.said).toContain("written: 25 % with kind = low, size from 10 to 20. Picked from");
      const one = await sample("--condition", "size=..9");
      expect(one.said.includes("Picked")).toBe(model.startsWith("vae"));
      expect(one.written.trimEnd().split("\n")).toHaveLength(9);
      const wrong = await sample("--condition", "kind=green");
      expect(wrong.said).toContain('No training row has "kind" = "green"');
      expect(wrong.written).toBe("");
    }
  });

  it("ends with the best step by the holdout, says which, and it is the one that so many steps make", async () => {
    const csv = `size,kind\n${Array.from({ length: 80 }, (_, i) => `${(i * 7) % 80},${(i * 7) % 80 < 40 ? "low" : "high"}`).join("\n")}\n`;
    const options = ["--set", "learningRate=0.1", "--set", "average=0", "--holdout", "0.5", "-n", "9"];
    const words = (...more: string[]): string[] => ["train", "-", ...quick, ...options, ...more];
    const kept = terminal(csv);
    expect(await run(words("--steps", "60", "--keep-best"), kept)).toBe(0);
    const [, step] = /^Kept step (\d+), whose rows were nearest to the holdout \(energy distance/mu.exec(
      kept.said,
    ) ?? [undefined, "none"];
    const alone = terminal(csv);
    expect(await run(words("--steps", step), alone)).toBe(0);
    expect(kept.written).toBe(alone.written);
    const few = terminal(smallCsv);
    expect(await run(train("--keep-best"), few)).toBe(2);
    expect(few.said).toContain("--keep-best needs 20 rows to hold steps against, and 6 rows are held out");
    const instant = terminal(csv);
    expect(await run(["train", "-", "--model", "copula", "--holdout", "0.5", "--keep-best"], instant)).toBe(
      2,
    );
    expect(instant.said).toContain("copula is fitted at once");
  });

  it("fills the gaps of a table and leaves all else as it was", async () => {
    const gaps = smallCsv.replace(/^(1\d),/gmu, ",");
    const heard = terminal(gaps);
    const words = ["train", "-", "--backend", "cpu", "--steps", "3", "--set", "hidden=8", "--fill"];
    expect(await run(words, heard)).toBe(0);
    const [before, after] = [gaps, heard.written].map((text) => text.trimEnd().split("\n"));
    expect(after).toHaveLength(before!.length);
    before!.forEach((row, i) => {
      if (row.startsWith(",")) expect(after![i]).toMatch(new RegExp(`^\\d+${row}$`, "u"));
      else expect(after![i]).toBe(row);
    });
    expect(heard.said).toContain("10 gaps in 10 rows filled");
    const unable = terminal(gaps);
    expect(await run(train("--fill"), unable)).toBe(2);
    expect(unable.said).toContain(
      "vae draws whole rows and can't fill gaps in others; --model diffusion can.",
    );
    const none = terminal(smallCsv);
    expect(await run(train("--fill"), none)).toBe(2);
    expect(none.said).toContain("there is no gap to fill");
  });

  it("finishes the step at Ctrl-C and writes rows from the weights so far", async () => {
    const stopped = terminal(smallCsv, 20);
    expect(await run(train("--steps", "1000000", "-n", "4"), stopped)).toBe(130);
    expect(stopped.written.split("\n")).toHaveLength(1 + 4 + 1);
    const early = terminal(smallCsv, 0);
    expect(await run(train(), early)).toBe(130);
    expect(early.written).toBe("");
  });
});
