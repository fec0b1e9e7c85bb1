/**
 * `npm run bench:glyphs`: trains models on the built-in 28x28 signs and asks a small classifier, trained on real ones,
 * which sign each drawn image is and how sure it is, and how far its features of drawn images are from those of real ones. Everything is as in the lab, on the wasm backend.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { deflateSync } from "node:zlib";
import { parseModelSpec } from "../src/catalog/spec.ts";
import { glyphNames, glyphSide, makeGlyphs } from "../src/datasets/glyphs.ts";
import { imageTable, type Images } from "../src/datasets/images.ts";
import { fitEncoder } from "../src/encode/encoder.ts";
import { mlp } from "../src/engine/net.ts";
import { tensorRandom } from "../src/engine/noise.ts";
import { adam } from "../src/engine/optimizer.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { readValues } from "../src/engine/stored.ts";
import { mean, relu, tensor2d, tidy } from "../src/engine/tf.ts";
import type { Rows, Scalar } from "../src/engine/tf.ts";
import { layout } from "../src/models/layout.ts";
import { allEigen } from "../src/project/eigen.ts";
import { random } from "../src/random/random.ts";
import type { NumberColumn } from "../src/table/table.ts";
import { train } from "../src/train/train.ts";
import { trainer as openTrainer } from "../src/train/trainer.ts";

const usage = `Usage: npm run --silent bench:glyphs -- --seconds S   seconds of the processor for each model
         [--models diffusion,ddgan,…] [--images 500] [--seed 7] [--picture %.png] [--json]
`;

const classes = glyphNames.length;
const size = glyphSide * glyphSide;

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

interface Judge {
  /** Share of fresh real images that it gets right. */
  readonly accuracy: number;
  /** Class probabilities of images of [0, 1] pixels, row-major. */
  probabilities(pixels: Float32Array): Promise<Float32Array>;
  /**
   * The Fréchet distance of its hidden units on these images from those on real ones that it never saw (M. Heusel et al.,
   * GANs Trained by a Two Time-Scale Update Rule, 2017, eq. 6; here of this classifier, so that no figure from elsewhere
   * compares).
   */
  distance(pixels: Float32Array): Promise<number>;
}

/** A net of one hidden layer, 784 -> 128 -> 10, trained by Adam on real images, tested on others. */
async function openJudge(seed: number): Promise<Judge> {
  const source = random(seed).fork("judge");
  const [learned, fresh] = [
    makeGlyphs(6_000, source.fork("learned")),
    makeGlyphs(1_000, source.fork("fresh")),
  ];
  const net = mlp("judge", [size, 128, classes], tensorRandom(source.fork("weights")), { hidden: "relu" });
  const columns = layout([{ kind: "category", start: 0, width: classes, column: 0, label: "sign" }], classes);
  const optimizer = adam(net.weights, { learningRate: 1e-3, weightDecay: 0.05 });
  const batch = 100;
  const pick = source.fork("batches");
  for (let step = 0; step < 1_500; step++) {
    const x = new Float32Array(batch * size);
    const y = new Float32Array(batch * classes);
    for (let i = 0; i < batch; i++) {
      const image = pick.integer(learned.count);
      for (let k = 0; k < size; k++) x[i * size + k] = learned.pixels[image * size + k]! / 255;
      y[i * classes + glyphNames.indexOf(learned.labels![image]!)] = 1;
    }
    tidy(() => {
      const [images, labels] = [tensor2d(x, [batch, size]), tensor2d(y, [batch, classes])];
      optimizer.minimize(() => mean(columns.crossEntropy(labels, net.forward(images))) as Scalar);
    });
  }
  const probabilities = async (pixels: Float32Array): Promise<Float32Array> => {
    const p = tidy(() => columns.probabilities(net.forward(tensor2d(pixels, [pixels.length / size, size]))));
    const values = await readValues(p);
    p.dispose();
    return values;
  };
  const freshPixels = Float32Array.from(fresh.pixels, (pixel) => pixel / 255);
  const sure = await probabilities(freshPixels);
  const [w, b] = net.weights as unknown as [Rows, Rows];
  const momentsOf = async (pixels: Float32Array): Promise<Moments> => {
    const hidden = tidy(() =>
      relu(
        tensor2d(pixels, [pixels.length / size, size])
          .matMul(w)
          .add(b),
      ),
    );
    const values = await readValues(hidden);
    hidden.dispose();
    return moments(values, b.size);
  };
  const real = await momentsOf(freshPixels);
  const right = fresh.labels!.filter((label, i) => best(sure, i) === glyphNames.indexOf(label)).length;
  const distance = async (pixels: Float32Array): Promise<number> => frechet(real, await momentsOf(pixels));
  return { accuracy: right / fresh.count, probabilities, distance };
}

interface Moments {
  readonly mean: readonly number[];
  readonly covariance: number[][];
}

function moments(values: Float32Array, width: number): Moments {
  const rows = values.length / width;
  const average = Array.from({ length: width }, (_, k) => {
    let sum = 0;
    for (let i = k; i < values.length; i += width) sum += values[i]!;
    return sum / rows;
  });
  const covariance = average.map(() => new Array<number>(width).fill(0));
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < width; j++) {
      const own = (values[i * width + j]! - average[j]!) / (rows - 1);
      for (let k = 0; k < width; k++) covariance[j]![k]! += own * (values[i * width + k]! - average[k]!);
    }
  return { mean: average, covariance };
}

/** |m₁ − m₂|² + tr(C₁ + C₂ − 2 (C₁^½ C₂ C₁^½)^½) */
function frechet(one: Moments, other: Moments): number {
  const trace = (of: number[][]): number => of.reduce((sum, row, i) => sum + row[i]!, 0);
  const times = (a: number[][], b: number[][]): number[][] =>
    a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
  const { values, vectors } = allEigen(one.covariance);
  const root = one.covariance.map((_, i) =>
    one.covariance.map((__, j) =>
      values.reduce((sum, x, k) => sum + Math.sqrt(Math.max(0, x)) * vectors[k]![i]! * vectors[k]![j]!, 0),
    ),
  );
  const product = times(times(root, other.covariance), root);
  // Symmetric but for rounding, which eigenvalues would stumble over.
  const even = product.map((row, i) => row.map((x, j) => (x + product[j]![i]!) / 2));
  const shared = allEigen(even).values.reduce((sum, x) => sum + Math.sqrt(Math.max(0, x)), 0);
  const apart = one.mean.reduce((sum, x, i) => sum + (x - other.mean[i]!) ** 2, 0);
  return apart + trace(one.covariance) + trace(other.covariance) - 2 * shared;
}

function best(probabilities: Float32Array, image: number): number {
  const own = probabilities.subarray(image * classes, (image + 1) * classes);
  return own.indexOf(Math.max(...own));
}

interface Row {
  readonly model: string;
  readonly steps: number;
  readonly cpuSeconds: number;
  readonly sampleCpuSeconds: number;
  /** Mean of the judge's largest probability; of real images for "real". */
  readonly confidence: number;
  /** Of the judge's hidden units; a real holdout has one too. */
  readonly distance: number;
  /** Signs that at least one image in a hundred is taken for, and the rarest and commonest sign's share. */
  readonly signs: number;
  readonly rarest: number;
  readonly commonest: number;
}

/** The benchmark as a program. @returns its exit code. */
export async function main(
  args: readonly string[],
  versions: Readonly<Record<string, string>>,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "" },
      models: { type: "string", default: "diffusion,ddgan" },
      images: { type: "string", default: "500" },
      seed: { type: "string", default: "7" },
      picture: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const [seconds, count, seed] = [values.seconds, values.images, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  if (!(seconds > 0 && count > 0 && seed >= 0)) {
    process.stderr.write(usage);
    return 2;
  }
  await openNodeBackend("wasm");
  const judge = await openJudge(seed);
  process.stderr.write(
    `the judge is right about ${(100 * judge.accuracy).toFixed(1)} % of fresh real images\n`,
  );
  const real = makeGlyphs(2_000, random(seed).fork("dataset:glyphs"));
  const rows: Row[] = [];
  const judged = async (
    pixels: Float32Array,
  ): Promise<Pick<Row, "confidence" | "distance" | "signs" | "rarest" | "commonest">> => {
    const p = await judge.probabilities(pixels);
    const shares = new Array<number>(classes).fill(0);
    let confidence = 0;
    for (let i = 0; i < count; i++) {
      shares[best(p, i)]! += 1 / count;
      confidence += Math.max(...p.subarray(i * classes, (i + 1) * classes)) / count;
    }
    const signs = shares.filter((share) => share >= 0.01).length;
    const distance = await judge.distance(pixels);
    return { confidence, distance, signs, rarest: Math.min(...shares), commonest: Math.max(...shares) };
  };
  const say = (row: Row): void => {
    rows.push(row);
    process.stderr.write(`${JSON.stringify(row)}\n`);
  };
  const others = makeGlyphs(count, random(seed).fork("others"));
  const unseen = Float32Array.from(others.pixels, (pixel) => pixel / 255);
  say({ model: "real", steps: 0, cpuSeconds: 0, sampleCpuSeconds: 0, ...(await judged(unseen)) });
  for (const model of values.models.split(",")) {
    const { pixels, ...times } = await makeImages(real, model, { seconds, count, seed });
    say({ model, ...times, ...(await judged(pixels)) });
    if (values.picture !== undefined) {
      const name = model.replaceAll(/[^a-z0-9]+/gi, "-");
      writeFileSync(values.picture.replace("%", name), sheet(pixels, 16, 6));
    }
  }
  const machine = {
    cpu: cpus()[0]?.model ?? "",
    cores: cpus().length,
    backend: "wasm",
    date: new Date().toISOString(),
  };
  const result = { rows, judge: judge.accuracy, seconds, images: count, seed, versions, machine };
  if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return 0;
}

interface Made extends Pick<Row, "steps" | "cpuSeconds" | "sampleCpuSeconds"> {
  /** In [0, 1], row-major. */
  readonly pixels: Float32Array;
}

async function makeImages(
  real: Images,
  model: string,
  { seconds, count, seed }: { readonly seconds: number; readonly count: number; readonly seed: number },
): Promise<Made> {
  const { labels: _, ...unlabelled } = real;
  const { columns, rows } = imageTable(unlabelled);
  const table = { columns, rows };
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const encoder = fitEncoder(table, all, { numeric: "minmax", sharedRange: true });
  const { id, settings } = parseModelSpec(model, "images");
  const trainer = openTrainer({
    spans: encoder.spans,
    rows: encoder.encode(table, all, random(seed).fork("encode")),
    config: { model: id, settings, seed },
  });
  const began = cpuSeconds();
  const budget = { unit: "steps", amount: Infinity } as const;
  const clock = (): number => 1000 * cpuSeconds();
  for await (const _ of train(trainer, { clock, budget: () => budget, speed: () => Infinity }))
    if (cpuSeconds() - began >= seconds) break;
  await trainer.report(); // throws where it diverged
  const trained = cpuSeconds();
  const pixels = new Float32Array(count * size);
  const source = random(seed).fork("decode");
  let at = 0;
  for await (const piece of trainer.sample(count, seed)) {
    const drawn = encoder.decode(piece, source).columns as NumberColumn[];
    for (let i = 0; i < piece.rows; i++, at++)
      drawn.forEach((column, k) => (pixels[at * size + k] = column.values[i]! / 255));
  }
  const { step } = trainer;
  trainer.dispose();
  return { pixels, steps: step, cpuSeconds: trained - began, sampleCpuSeconds: cpuSeconds() - trained };
}

/** Images side by side as a PNG, black on white. */
function sheet(pixels: Float32Array, across: number, down: number): Buffer {
  const [width, height] = [across * glyphSide, down * glyphSide];
  const raw = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const image = Math.floor(y / glyphSide) * across + Math.floor(x / glyphSide);
      const grey = pixels[image * size + (y % glyphSide) * glyphSide + (x % glyphSide)] ?? 0;
      raw[y * (width + 1) + 1 + x] = Math.round(255 * (1 - Math.min(1, Math.max(0, grey))));
    }
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** CRC-32 as PNG has it (ISO 3309). */
function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
