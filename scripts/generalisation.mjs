/** `npm run --silent bench:generalisation`: see bench/generalisation.ts, which says how it is asked. */
import { load, versionOf, withWasmFlags } from "./sources.mjs";

const ended = withWasmFlags();
if (ended !== undefined) process.exit(ended);

// What TensorFlow.js has to say must not stand among the figures.
console.log = console.info = console.warn = (...said) => console.error(...said);
const { main } = await load("/bench/generalisation.ts");
const versions = { node: process.version, tfjs: versionOf("@tensorflow/tfjs-core") };
const code = await main(process.argv.slice(2), versions);
process.stdout.write("", () => process.exit(code));
