/** The program as people start it: a process with pipes, signals and an exit code. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { smallCsv } from "./testing/terminal.ts";

const likeness = path.resolve(import.meta.dirname, "../scripts/likeness.mjs");

interface Ended {
  readonly code: number | null;
  readonly written: string;
  readonly said: string;
}

/** Starts it with that on stdin. @param onSaid may send signals or close its stdout. */
function start(
  args: readonly string[],
  stdin: string,
  onSaid: (child: ReturnType<typeof spawn>, said: string) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [likeness, ...args]);
  let [written, said] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (written += text));
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
    onSaid(child, said);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, written, said })));
}

const quick = ["train", "-", "--backend", "wasm", "--model", "vae", "--set", "hidden=4"];

describe("likeness as a process", () => {
  it("reads stdin, writes rows to stdout, talks on stderr, and says so when it has not understood", async () => {
    const { code, written, said } = await start([...quick, "--steps", "5", "-n", "3"], smallCsv);
    expect(said).toMatch(/^Read 30 rows/u);
    expect(said).toMatch(/Training vae on wasm\. .*\n(.*\n)*100 % {2}5 of 5 steps/u);
    expect(written.split("\n")).toHaveLength(1 + 3 + 1);
    expect(code).toBe(0);
    const wrong = await start(["train"], "");
    expect(wrong).toMatchObject({ code: 2, written: "" });
    expect(wrong.said).toContain("Name a CSV file to learn from");
  });

  it("keeps a model from which another process makes the same rows", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "likeness-process-"));
    try {
      const file = path.join(folder, "run.json");
      const made = await start([...quick, "--steps", "5", "--save", file, "--out", "-", "-q"], smallCsv);
      expect(made).toMatchObject({ code: 0, said: "" });
      const drawn = await start(["sample", file, "--backend", "wasm", "-q"], "");
      expect(drawn).toEqual(made);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("finishes the step at Ctrl-C, writes rows, and ends with 130", async () => {
    let pressed = false;
    const args = [...quick, "--steps", "20000", "--set", "batch=8", "-n", "3"];
    const { code, written, said } = await start(args, smallCsv, (child, heard) => {
      if (pressed || !heard.includes(" %  ")) return;
      pressed = true;
      child.kill("SIGINT");
    });
    expect(said).not.toContain("Trained 20,000 steps");
    expect(said).toContain("3 synthetic rows written.");
    expect(written.split("\n")).toHaveLength(1 + 3 + 1);
    expect(code).toBe(130);
  });

  it("ends in silence where nobody reads its rows any more", async () => {
    const args = [...quick, "--steps", "2", "-n", "200000", "--quiet"];
    const ended = new Promise<Ended>((resolve) => {
      const child = spawn(process.execPath, [likeness, ...args]);
      let said = "";
      child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
      child.stdout.once("data", () => child.stdout.destroy());
      child.stdin.end(smallCsv);
      child.on("close", (code) => resolve({ code, written: "", said }));
    });
    expect(await ended).toEqual({ code: 141, written: "", said: "" });
  });
});
