/**
 * Writes docs/models.md from docs/models.template.md and the newest figures under bench/results/, so that no figure on
 * the page is typed by hand. `npm run pages`.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { root } from "./node.mjs";

const results = path.join(root, "bench/results");

/** Names of the results of a kind, oldest first: "2026-11-25-quality.json", and with a word behind the kind. */
const filesOf = (kind) =>
  readdirSync(results)
    .filter((file) => new RegExp(`^\\d{4}-\\d\\d-\\d\\d-${kind}(-\\w+)?\\.json$`).test(file))
    .toSorted();
const read = (name) => ({ name, ...JSON.parse(readFileSync(path.join(results, name), "utf8")) });

/** By model, the newest row that was measured. */
const measured = new Map();
const quality = filesOf("quality").map(read);
for (const { name, rows } of quality)
  for (const row of rows) if (row.error === undefined) measured.set(row.model, { ...row, file: name });
const shapes = read(filesOf("shapes").at(-1));
const drawing = read(filesOf("drawing").at(-1));

/** Rows of the table in this order, where they were measured. */
const names = {
  holdout: "fresh real rows",
  diffusion: "diffusion (masked columns)",
  "diffusion:within=resample": "the same, copying values",
  "diffusion:process=edm": "diffusion (Gaussian noise)",
  "diffusion:process=ddpm": "diffusion (TabDDPM)",
  ddgan: "denoising diffusion GAN",
  vae: "VAE",
  ctgan: "CTGAN",
  gan: "GAN",
  "gan:loss=wgan-gp": "WGAN-GP",
  smote: "SMOTE",
  copula: "Gaussian copula",
  independent: "independent columns",
  copy: "bootstrap copy",
};

const percent = (share, digits = 1) =>
  share === null || share === undefined ? "–" : `${(100 * share).toFixed(digits)} %`;
const plain = (value, digits = 3) => (value === null || value === undefined ? "–" : value.toFixed(digits));

const columns = {
  Shape: (row) => percent(row.shapeError),
  Trend: (row) => percent(row.trendError),
  C2ST: (row) => plain(row.c2stAuc),
  TSTR: (row) => plain(row.tstr),
  Coverage: (row) => percent(row.coverage, 0),
  Copies: (row) => percent(row.exactCopies),
  "DCR share": (row) => plain(row.dcrShare, 2),
  "Rows in": (row) => (row.sampleCpuSeconds > 0 ? `${row.sampleCpuSeconds.toFixed(2)} s` : "–"),
  Measured: (row) => row.file.slice(0, 10),
};

function table() {
  const head = ["", ...Object.keys(columns)];
  const lines = Object.entries(names).flatMap(([model, name]) => {
    const row = measured.get(model);
    return row === undefined ? [] : [[name, ...Object.values(columns).map((cell) => cell(row))]];
  });
  return [head, head.map((_, i) => (i === 0 ? ":--" : "--:")), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

const near = (model) => {
  const row = shapes.rows.find((each) => each.data === "grid" && each.model === model);
  if (row === undefined) throw new Error(`bench/results/${shapes.name} has no row of ${model}.`);
  const { found, of, near: share } = row.modes;
  return `${found} of ${of} dots, ${percent(share)} of its points within three standard deviations of one`;
};

/** Milliseconds of the processor for a table of rows, the models by turns. */
const drawnIn = (model) => drawing.rows.find((row) => row.model === model).median;

const blanks = {
  FILES: quality.map(({ name }) => `[${name}](../bench/results/${name})`).join(", "),
  SECONDS: String(quality.at(-1).asked.seconds),
  TABLE: table(),
  SHAPES: shapes.name,
  SHAPE_SECONDS: String(shapes.seconds),
  GAN_NEAR: near("gan"),
  WGAN_NEAR: near("gan:loss=wgan-gp"),
  CTGAN_NEAR: near("ctgan"),
  VAE_NEAR: near("vae"),
  DIFF_NEAR: near("diffusion"),
  DD_NEAR: near("ddgan"),
  DRAWING: drawing.name,
  DRAWING_ROUNDS: String(drawing.rounds),
  FASTER: (drawnIn("diffusion") / drawnIn("ddgan")).toFixed(1),
  DD_COVER: percent(measured.get("ddgan").coverage, 0),
  GAN_COVER: percent(measured.get("gan").coverage, 0),
  CTGAN_TSTR: plain(measured.get("ctgan").tstr),
  ...Object.fromEntries(
    [
      ["REAL", "holdout"],
      ["DIFF", "diffusion"],
      ["DD", "ddgan"],
      ["CTGAN", "ctgan"],
    ].flatMap(([blank, model]) => {
      const { conditionalError, conditionalWorst } = measured.get(model);
      return [
        [`${blank}_ASKED`, `${(100 * conditionalError).toFixed(1)} %`],
        [`${blank}_ASKED_WORST`, `${(100 * conditionalWorst[1]).toFixed(0)} %`],
      ];
    }),
  ),
};

const template = readFileSync(path.join(root, "docs/models.template.md"), "utf8");
const page = template.replaceAll(/@@(\w+)@@/g, (_, blank) => {
  if (!(blank in blanks)) throw new Error(`Nothing fills @@${blank}@@.`);
  return blanks[blank];
});
const file = path.join(root, "docs/models.md");
// Tables are padded as the format check wants them.
writeFileSync(file, await format(page, { ...(await resolveConfig(file)), filepath: file }));
process.stdout.write(
  `docs/models.md: figures of ${[...quality, shapes].map(({ name }) => name).join(", ")}\n`,
);
