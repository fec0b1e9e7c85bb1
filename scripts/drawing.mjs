/** `npm run --silent bench:drawing`: see bench/drawing.ts. */
import { load, withWasmFlags } from "./sources.mjs";

const ended = withWasmFlags();
if (ended !== undefined) process.exit(ended);

// What TensorFlow.js has to say must not stand among the figures.
console.log = console.info = console.warn = (...said) => console.error(...said);
const { main } = await load("/bench/drawing.ts");
const code = await main(process.argv.slice(2));
process.stdout.write("", () => process.exit(code));
