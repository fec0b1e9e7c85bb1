import { describe, expect, it } from "vitest";
import { parseCommand } from "./arguments.ts";
import { Misuse } from "./terminal.ts";

describe("a command line", () => {
  it("asks for what the lab starts from where it says nothing else", () => {
    expect(parseCommand(["train", "a.csv"])).toEqual({
      kind: "train",
      table: "a.csv",
      model: undefined,
      set: [],
      from: undefined,
      steps: 2000,
      seconds: Infinity,
      seed: 7,
      holdout: 0.2,
      columns: {},
      missingMarks: undefined,
      numeric: undefined,
      limit: 100_000,
      conditions: [],
      keepBest: false,
      fill: false,
      save: undefined,
      rows: undefined,
      out: "-",
      escapeFormulas: false,
      backend: undefined,
      force: false,
      quiet: false,
    });
  });

  it("takes every option, in any order, short and with =", () => {
    const line =
      "train -q --model=vae --set latent=4 --set hidden=8x8 --seconds 1.5 --steps 9 --seed 0 --holdout 0 - -n 5 -o x.csv -f";
    expect(parseCommand(line.split(" "))).toMatchObject({
      table: "-",
      model: "vae",
      set: ["latent=4", "hidden=8x8"],
      steps: 9,
      seconds: 1.5,
      seed: 0,
      holdout: 0,
      rows: 5,
      out: "x.csv",
      force: true,
      quiet: true,
    });
  });

  it("trains for seconds alone where only they are given", () => {
    expect(parseCommand(["train", "a.csv", "--seconds", "60"])).toMatchObject({
      steps: Infinity,
      seconds: 60,
    });
  });

  it("draws no rows where only the model is wanted, and says where the rows of a saved one go", () => {
    expect(parseCommand(["train", "a.csv", "--save", "r.json"])).toMatchObject({
      save: "r.json",
      out: undefined,
    });
    expect(parseCommand(["train", "a.csv", "--save", "r.json", "-o-"])).toMatchObject({ out: "-" });
    expect(parseCommand("sample r.json -n 5 --seed 3".split(" "))).toMatchObject({
      kind: "sample",
      run: "r.json",
      rows: 5,
      seed: 3,
      out: "-",
    });
    expect(parseCommand(["sample", "-"])).toMatchObject({ run: "-", seed: undefined });
  });

  it("reads columns, whatever their names hold", () => {
    const columns = ["--columns", "zip:category,a,b:number", "--columns", "x:y:off", "--columns", "zip:on"];
    expect(parseCommand(["train", "a.csv", ...columns])).toMatchObject({
      columns: {
        zip: { type: "category", include: true },
        "a,b": { type: "number" },
        "x:y": { include: false },
      },
    });
    const own = parseCommand(["train", "a.csv", "--columns", "__proto__:number"]);
    expect(own.kind === "train" && Object.keys(own.columns)).toEqual(["__proto__"]);
  });

  it("gives help wherever it is asked for", () => {
    expect(parseCommand(["--help"])).toEqual({ kind: "help", topic: undefined });
    expect(parseCommand(["help", "train"])).toEqual({ kind: "help", topic: "train" });
    expect(parseCommand(["train", "--help"])).toEqual({ kind: "help", topic: "train" });
    expect(parseCommand(["-V"])).toEqual({ kind: "version" });
    expect(parseCommand(["models", "gan", "--json"])).toEqual({ kind: "models", model: "gan", json: true });
  });

  it.each([
    ["", "Name a command: train"],
    ["trian a.csv", 'There is no command "trian". There are train'],
    ["help me", 'There is no command "me" to help with.'],
    ["train", "Name a CSV file to learn from, or - for stdin."],
    ["train a.csv b.csv", "Name one file, not 2: a.csv, b.csv."],
    ["train a.csv --stpes 5", "There is no option --stpes. Did you mean --steps?"],
    ["train a.csv --colour red", "There is no option --colour."],
    ["train a.csv -x", "There is no option -x."],
    ["train a.csv --steps", "--steps wants a value after it."],
    ["train a.csv --out --force", "--out wants a value after it."],
    ["train a.csv --force=yes", '--force takes no value, but was given "yes".'],
    ["train a.csv --steps many", '--steps must be a whole number of at least 1, not "many".'],
    ["train a.csv --steps 1.5", '--steps must be a whole number of at least 1, not "1.5".'],
    ["train a.csv --rows 0", '--rows must be a whole number of at least 1, not "0".'],
    ["train a.csv --seed -1", '--seed must be a whole number from 0 to 4294967295, not "-1".'],
    ["train a.csv --holdout 0.9", '--holdout must be a number from 0 to 0.5, not "0.9".'],
    ["train a.csv --seconds Infinity", "--seconds must be a number of at least"],
    ["train a.csv --backend gpu", '--backend must be one of webgpu, wasm, cpu, not "gpu".'],
    ["train a.csv --numeric log", "--numeric must be one of quantile"],
    ["train - --from -", "The table and --from can't both be stdin."],
    ["train a.csv --model gpt", 'There is no model called "gpt". There are gan'],
    ["train a.csv --set latent=0 --model gan", "Noise size must lie between 1 and 512."],
    ["train a.csv --set colour=red", 'Diffusion has no setting "colour"'],
    ["train a.csv --columns age", "--columns wants name:type with a type of number, category"],
    ["train a.csv --columns age:float", 'or name:on or name:off, not "age:float".'],
    ["train a.csv --save - -o -", "--save and --out both name -; name two files."],
    ["train a.csv --keep-best --holdout 0", "so --holdout must be above 0."],
    ["sample r.json --keep-best", "There is no option --keep-best."],
    ["train a.csv --fill -n 5", "it goes with neither --rows nor --condition."],
    ["train a.csv --fill --condition a=b", "it goes with neither --rows nor --condition."],
    ["sample", "Name a run that likeness train --save made, or - for stdin."],
    ["sample r.json --model gan", "There is no option --model."],
    ["models gpt", 'There is no model called "gpt".'],
  ])("%s: is refused in words", (line, message) => {
    const parse = (): unknown => parseCommand(line === "" ? [] : line.split(" "));
    expect(parse).toThrow(Misuse);
    expect(parse).toThrow(message);
  });
});
