/**
 * `npm run bench:engine`: stock TensorFlow.js against Likeness' engine, in one run.
 * Host work on Dawn's null adapter, which executes nothing; whole steps on WebAssembly, and on a
 * graphics card where Dawn finds one (`--software` puts Mesa's llvmpipe in its place, or SwiftShader, to run the path from
 * end to end: what it says is of the software, not of any card; `--only-gpu` leaves the other two out).
 * `--json` prints the numbers alone, for bench/results/. `--torch` runs the same four
 * steps in PyTorch too (bench/torch_steps.py, one thread; a GPU where it finds one).
 * `--soak` does something else: it prints what ten thousand recorded steps hold on to (bench/soak.ts).
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./node.mjs";
import { load, versionOf, wasmFlags } from "./sources.mjs";

const [mode, side, on] = process.argv.slice(2);

/**
 * Whole steps on WebAssembly and PyTorch's are timed in so many rounds of all sides in turn, of which the least counts: what else
 * the machine has to do only ever adds to them, and not to all sides alike.
 */
const rounds = 3;

if (mode === "--side") {
  const result =
    side === "soak"
      ? await (await load("/bench/soak.ts")).soak()
      : await (await load("/bench/engine.ts")).run(side, on);
  process.stdout.write(`\n@@${JSON.stringify(result)}\n`, () => process.exit(0));
} else {
  /** Runs one side in a process of its own. */
  const measure = (whose, where, more = []) => {
    const child = spawnSync(
      process.execPath,
      [...wasmFlags, ...more, fileURLToPath(import.meta.url), "--side", whose, where],
      {
        encoding: "utf8",
        maxBuffer: 1 << 26,
      },
    );
    const line = child.stdout.split("\n").find((text) => text.startsWith("@@"));
    if (line === undefined) throw new Error(`The ${whose} side on ${where} ended early.\n${child.stderr}`);
    return JSON.parse(line.slice(2));
  };
  const about = {
    versions: {
      node: process.version,
      tfjs: versionOf("@tensorflow/tfjs-core"),
      webgpu: versionOf("webgpu"),
    },
    machine: { cpu: cpus()[0]?.model ?? "", cores: cpus().length, date: new Date().toISOString() },
  };
  if (process.argv.includes("--soak")) {
    const held = measure("soak", "null", ["--expose-gc"]);
    process.stdout.write(`${JSON.stringify({ soak: held, ...about }, null, 2)}\n`);
    process.exit(0);
  }
  const round = (value) => Number(value.toPrecision(4));
  const onlyGpu = process.argv.includes("--only-gpu");
  const sides = (where, names) =>
    Object.fromEntries(names.map((whose) => [whose, measure(whose, where).costs]));
  const joined = ({ stock, ours }, join) =>
    Object.fromEntries(Object.keys(stock).map((name) => [name, join(stock[name], ours[name])]));
  const host = onlyGpu
    ? {}
    : joined(sides("null", ["stock", "ours"]), (stock, ours) => ({
        stock: { ...stock, hostMs: round(stock.hostMs) },
        ours: { ...ours, hostMs: round(ours.hostMs) },
        ratio: round(stock.hostMs / ours.hostMs),
      }));
  /** One round of PyTorch; the milliseconds of its steps stand beside what it says of itself. */
  const torchRound = () => {
    const python = process.env.PYTHON ?? (existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
    const script = path.join(root, "bench/torch_steps.py");
    const { status, stdout, stderr } = spawnSync(python, [script, "--seconds", "2"], { encoding: "utf8" });
    if (status !== 0) throw new Error(`PyTorch's side did not run: ${stderr}`);
    process.stderr.write(stderr); // a warning of a slow BLAS
    const { torch: version, threads, device, blas, ...steps } = JSON.parse(stdout);
    const ms = Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, step.ms]));
    return { about: { version, threads, device, blas }, ms };
  };
  const withTorch = process.argv.includes("--torch");
  const onWasm = Array.from({ length: onlyGpu ? 0 : rounds }, () => ({
    ...sides("wasm", ["stock", "ours"]),
    ...(withTorch && { torch: torchRound() }),
  }));
  const least = (each) =>
    Object.fromEntries(
      Object.keys(onWasm[0].ours).map((name) => [name, Math.min(...onWasm.map((of) => each(of)[name]))]),
    );
  const wasm = onlyGpu
    ? {}
    : joined({ stock: least(({ stock }) => stock), ours: least(({ ours }) => ours) }, (stock, ours) => ({
        stockMs: round(stock),
        oursMs: round(ours),
        ratio: round(stock / ours),
      }));
  const onGpu = () => {
    const where = process.argv.includes("--software") ? "software" : "gpu";
    const software = where === "software";
    const { adapter, costs: ours } = measure("ours", where);
    if (ours === undefined) {
      process.stderr.write(`No figures of a graphics card: ${adapter}\n`);
      return null;
    }
    const { costs: stock } = measure("stock", where);
    const { costs: half } = measure("half", where);
    const each = ({ gpuMs, ...cost }) => ({
      ...cost,
      ms: round(cost.ms),
      ...(gpuMs !== undefined && { gpuMs: round(gpuMs) }),
      stepsPerSecond: round(1000 / cost.ms),
    });
    return {
      adapter,
      software,
      ...Object.fromEntries(
        Object.keys(ours).map((name) => [
          name,
          {
            stock: each(stock[name]),
            ours: each(ours[name]),
            ...(half && { half: each(half[name]) }),
            ratio: round(stock[name].ms / ours[name].ms),
          },
        ]),
      ),
    };
  };
  const gpu = onGpu();
  /** PyTorch's milliseconds and ours as a multiple of them. */
  const torch = () => ({
    ...onWasm[0].torch.about,
    ...Object.fromEntries(
      Object.entries(least((of) => of.torch.ms)).map(([name, ms]) => [
        name,
        {
          torchMs: ms,
          wasmOverTorch: round(wasm[name].oursMs / ms),
          ...(gpu !== null && { gpuOverTorch: round(gpu[name].ours.ms / ms) }),
        },
      ]),
    ),
  });
  const peer = withTorch && !onlyGpu ? torch() : undefined;
  const result = {
    host,
    wasm,
    gpu,
    ...(peer && { torch: peer }),
    ...about,
  };
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    const table = (rows) =>
      process.stdout.write(
        `${rows.map((row) => row.map((cell, i) => (i === 0 ? String(cell).padEnd(10) : String(cell).padStart(16))).join("")).join("\n")}\n\n`,
      );
    table([
      ["host", "dispatches", "passes", "submits", "buffers", "ms a step", "ratio"],
      ...Object.entries(host).map(([name, { stock, ours, ratio }]) => [
        name,
        ...["dispatches", "passes", "submits", "buffers", "hostMs"].map(
          (key) => `${stock[key]} > ${ours[key]}`,
        ),
        `${ratio}x`,
      ]),
    ]);
    table([
      ["wasm", "stock ms", "ours ms", "ratio"],
      ...Object.entries(wasm).map(([name, { stockMs, oursMs, ratio }]) => [
        name,
        stockMs,
        oursMs,
        `${ratio}x`,
      ]),
    ]);
    if (gpu !== null) {
      const { adapter, software, ...steps } = gpu;
      process.stdout.write(
        `${adapter}${software ? ": no graphics card, its figures tell nothing of one" : ""}\n`,
      );
      table([
        ["gpu", "stock steps/s", "ours steps/s", "ratio", "GPU ms a step", "in 16 bits"],
        ...Object.entries(steps).map(([name, { stock, ours, ratio, half }]) => [
          name,
          stock.stepsPerSecond,
          ours.stepsPerSecond,
          `${ratio}x`,
          ours.gpuMs ?? "-",
          half?.gpuMs ?? "-",
        ]),
      ]);
    }
    if (peer !== undefined) {
      process.stdout.write(
        `PyTorch ${peer.version} on ${peer.device}, one thread, BLAS: ${peer.blas.name}${peer.blas.reference ? ", WHICH IS SLOW: the comparison is not fair" : ""}\n`,
      );
      table([
        ["torch", "ms", "wasm / torch"],
        ...Object.keys(wasm).map((name) => [name, peer[name].torchMs, peer[name].wasmOverTorch]),
      ]);
    }
  }
}
