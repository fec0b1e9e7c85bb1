/** Draws docs/engine-light.svg and -dark.svg from the newest bench/results/*-engine.json. `npm run plots`. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./node.mjs";

const results = path.join(root, "bench/results");
const file = readdirSync(results)
  .filter((name) => name.endsWith("-engine.json"))
  .toSorted()
  .at(-1);
const { host, wasm, gpu, torch, versions, machine } = JSON.parse(
  readFileSync(path.join(results, file), "utf8"),
);

const titles = { ref: "Regression", critic: "WGAN-GP critic", denoiser: "Denoiser", toy: "2-D toy" };
const looks = {
  light: {
    ink: "#1b1d20",
    soft: "#565b62",
    line: "#e5e5e1",
    ours: "#d55e00",
    stock: "#80858b",
    torch: "#0072b2",
  },
  dark: {
    ink: "#e9eaeb",
    soft: "#a9aeb4",
    line: "#2a2d31",
    ours: "#ff8f3f",
    stock: "#868c93",
    torch: "#56b4e9",
  },
};
const left = 132;
const right = 660;
const bar = 12;

/** Milliseconds a step, by who takes them. */
const panels = [
  {
    title: "JavaScript a step on WebGPU, ms (Dawn’s null device, which executes nothing)",
    bars: (name) => [
      ["stock", host[name].stock.hostMs],
      ["ours", host[name].ours.hostMs],
    ],
  },
  {
    title: "A whole step on WebAssembly, one thread, ms",
    bars: (name) => [
      ["stock", wasm[name].stockMs],
      ["ours", wasm[name].oursMs],
      ...(torch?.[name] && torch.device === "cpu" ? [["torch", torch[name].torchMs]] : []),
    ],
  },
  ...(gpu === null
    ? []
    : [
        {
          title: `A whole step on ${gpu.adapter}, ms`,
          bars: (name) => [
            ["stock", gpu[name].stock.ms],
            ["ours", gpu[name].ours.ms],
            ...(torch?.[name] && torch.device !== "cpu" ? [["torch", torch[name].torchMs]] : []),
          ],
        },
      ]),
];
const legend = { stock: "stock TensorFlow.js", ours: "Likeness", torch: "PyTorch eager" };
const number = (value) => String(Number(value.toPrecision(2)));
const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function draw(look) {
  const parts = [];
  const text = (x, y, words, { fill = look.ink, size = 12, anchor = "start", weight = 400 } = {}) =>
    parts.push(
      `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}" text-anchor="${anchor}" font-weight="${weight}">${escape(words)}</text>`,
    );
  let y = 20;
  let x = 0;
  for (const [who, words] of Object.entries(legend)) {
    if (who === "torch" && torch === undefined) continue;
    parts.push(`<rect x="${x}" y="${y - 10}" width="12" height="12" rx="2" fill="${look[who]}"/>`);
    text(x + 18, y, words, { fill: look.soft });
    x += 30 + words.length * 7;
  }
  y += 32;
  for (const { title, bars } of panels) {
    const groups = Object.keys(titles).map((name) => [name, bars(name)]);
    const all = groups.flatMap(([, entries]) => entries.map(([, value]) => value));
    // A logarithmic scale from the decade below the least to the decade above the most.
    const low = Math.floor(Math.log10(Math.min(...all)));
    const high = Math.ceil(Math.log10(Math.max(...all)));
    const at = (value) => left + ((Math.log10(value) - low) / (high - low)) * (right - left);
    text(0, y, `${title}: less is faster`, { weight: 600 });
    y += 12;
    const top = y;
    const rows = groups.map(([name, entries]) => {
      const begin = y + 6;
      y = begin + entries.length * (bar + 2) + 6;
      return { name, entries, begin };
    });
    for (let decade = low; decade <= high; decade++) {
      const gx = at(10 ** decade);
      parts.push(`<line x1="${gx}" x2="${gx}" y1="${top}" y2="${y}" stroke="${look.line}"/>`);
      text(gx, y + 16, String(10 ** decade), { fill: look.soft, anchor: "middle", size: 11 });
    }
    for (const { name, entries, begin } of rows) {
      text(left - 10, begin + (entries.length * (bar + 2)) / 2 + 3, titles[name], { anchor: "end" });
      entries.forEach(([who, value], i) => {
        const by = begin + i * (bar + 2);
        // Dots, not bars: on a logarithmic scale a length means nothing.
        parts.push(`<circle cx="${at(value)}" cy="${by + bar / 2}" r="5" fill="${look[who]}"/>`);
        text(at(value) + 9, by + bar - 2, number(value), { size: 11 });
      });
    }
    y += 48;
  }
  text(
    0,
    y - 8,
    `${machine.date.slice(0, 10)} · ${machine.cpu} · TensorFlow.js ${versions.tfjs} · Node ${versions.node.replace("v", "")}${torch ? ` · PyTorch ${torch.version}` : ""} · logarithmic scales`,
    { fill: look.soft, size: 11 },
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 ${y}" font-family="system-ui, sans-serif">\n${parts.join("\n")}\n</svg>\n`;
}

for (const [name, look] of Object.entries(looks))
  writeFileSync(path.join(root, `docs/engine-${name}.svg`), draw(look));
process.stdout.write(`Drawn from bench/results/${file}.\n`);
