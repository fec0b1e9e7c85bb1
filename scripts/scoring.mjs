/** `npm run --silent bench:scoring`: see bench/scoring.ts. */
import { load } from "./sources.mjs";

const { main } = await load("/bench/scoring.ts");
await main(process.argv.slice(2));
process.exit(0);
