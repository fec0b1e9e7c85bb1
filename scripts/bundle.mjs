/**
 * Checks the built pages: what loads before the first paint is small, no code is
 * made from strings, no script stands in the page itself, and the policy does.
 */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { metaPolicy } from "./headers.mjs";
import { fail, root } from "./node.mjs";

/** Bytes of JavaScript, gzipped, that may load before anything is seen. */
const firstPaintLimit = 120_000;

const dist = path.join(root, "dist");
const read = (name) => readFileSync(path.join(dist, name), "utf8");
const packedSize = (name) => gzipSync(readFileSync(path.join(dist, name)), { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** A page's script and everything it imports before it runs; what it imports later does not count. */
function firstPaint(manifest, page) {
  const reached = new Set();
  const visit = (key) => {
    if (reached.has(key)) return;
    reached.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  visit(page);
  // The page's entry has the words of a language loaded first, and then the lab at once.
  for (const next of manifest[page].dynamicImports ?? []) if (next === "src/app/main.tsx") visit(next);
  return [...reached].map((key) => manifest[key].file).filter((file) => file.endsWith(".js"));
}

const scripts = readdirSync(path.join(dist, "assets")).filter((name) => name.endsWith(".js"));
for (const name of scripts)
  process.stdout.write(`  ${kilobytes(packedSize(`assets/${name}`)).padStart(9)}  ${name}\n`);

const manifest = JSON.parse(read(".vite/manifest.json"));
const pages = ["index.html", "bench.html"];
const faults = [
  ...pages.flatMap((name) => {
    const files = firstPaint(manifest, name);
    const size = files.reduce((sum, file) => sum + packedSize(file), 0);
    process.stdout.write(
      `Before ${name} is painted: ${kilobytes(size)} of JavaScript, gzipped; the limit is 120 kB.\n`,
    );
    const page = read(name);
    return [
      size > firstPaintLimit &&
        `${kilobytes(size)} load before ${name} is painted (${files.join(", ")}): import what can wait with import().`,
      !page.includes(metaPolicy.replaceAll("'", "&#39;")) &&
        !page.includes(metaPolicy) &&
        `dist/${name} lacks the policy of scripts/headers.mjs.`,
      /<script(?![^>]*\ssrc=)/.test(page) &&
        `dist/${name} has a script without src, which the policy refuses.`,
    ];
  }),
  ...scripts.map((name) => {
    const string = /\bnew Function\(|(?<![\w$.])eval\(/.exec(read(`assets/${name}`));
    return (
      string !== null && `assets/${name} makes code from a string (${string[0]}…), which the policy refuses.`
    );
  }),
].filter((fault) => typeof fault === "string");
if (faults.length > 0) fail(faults.join("\n"));
