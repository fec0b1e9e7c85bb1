/** The process around the program: its streams, signals and exit code. */
import { run } from "./program.ts";
import { failed, interrupted, pipeClosed, type Terminal } from "./terminal.ts";

const { argv, stdin, stdout, stderr } = process;
const args = argv.slice(2);

if (!args.includes("--debug")) {
  // What Node and TensorFlow.js have to say to developers is not for who waits for rows.
  process.removeAllListeners("warning");
  console.log = console.info = console.warn = console.error = () => {};
}

process.on("uncaughtException", (error) => {
  stderr.write(`likeness: ${args.includes("--debug") ? error.stack : error.message}\n`, () =>
    process.exit(failed),
  );
});
let pressed = 0;
process.on("SIGINT", () => {
  pressed++;
  if (pressed > 1) process.exit(interrupted);
});
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(pipeClosed);
  stderr.write(`likeness: stdout can't be written: ${error.message}\n`, () => process.exit(failed));
});
// Nobody listens to the words any more; the work goes on.
stderr.on("error", () => {});

const terminal: Terminal = {
  out: (text) => new Promise((resolve) => void stdout.write(text, () => resolve())),
  say: (text) => void stderr.write(text),
  get columns() {
    return stderr.isTTY ? stderr.columns : undefined;
  },
  async read() {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin) chunks.push(chunk as Uint8Array);
    return new Uint8Array(Buffer.concat(chunks));
  },
  now: () => performance.now(),
  rest: () => new Promise((resolve) => void setImmediate(resolve)),
  get interrupted() {
    return pressed > 0;
  },
};

const code = await run(args, terminal);
// A GPU that is open keeps the process alive. What was written last has to leave first.
stdout.write("", () => stderr.write("", () => process.exit(code)));
