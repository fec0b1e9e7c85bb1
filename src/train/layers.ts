/**
 * How strong signals and gradients are, layer by layer: where training stalls, they vanish or blow up on the way.
 * Signals are those of a few training rows; gradients need no work of their own, for Adam keeps a running mean of their
 * squares.
 */
import { evenRows } from "../encode/evenRows.ts";
import type { Matrix } from "../encode/span.ts";
import type { Adam } from "../engine/descent.ts";
import { overheard } from "../engine/net.ts";
import { tensorRandom } from "../engine/noise.ts";
import { readAll } from "../engine/stored.ts";
import { keep, mean, square, tensor2d, tidy } from "../engine/tf.ts";
import type { Rows, Tensor } from "../engine/tf.ts";
import type { GenerativeModel } from "../models/model.ts";
import type { NetSeen } from "../protocol/inside.ts";
import type { Random } from "../random/random.ts";

type Descent = Pick<Adam, "tensors" | "count">;

/**
 * @param optimizers one for each objective, in order.
 * @param learned what batches are made of, of `batch` rows each.
 * @param random of its own: a run goes on as if nobody had looked.
 */
export async function layersOf(
  model: GenerativeModel,
  optimizers: readonly Descent[],
  learned: Matrix,
  batch: number,
  random: Random,
): Promise<readonly NetSeen[]> {
  if (model.objectives.length === 0) return [];
  const heard = signals(model, evenRows(learned, batch), random);
  // After the weights and the first moments come the second.
  const seconds = model.objectives.map(({ trains }, i) => optimizers[i]!.tensors()[trains.length + 1]!);
  const values = await readAll([...heard.tensors, ...seconds]);
  for (const tensor of heard.tensors) tensor.dispose();
  const signal = new Map(heard.keys.map((key, i) => [key, Math.sqrt(values[i]![0]!)]));
  const gradients = gradientsOf(model, optimizers, values.slice(heard.keys.length));
  return model.nets.map((net) => ({
    name: net.name,
    layers: net.sizes.slice(1).map((units, layer) => ({
      units,
      activation: signal.get(`${net.name} ${layer}`),
      gradient: gradients.get(net.weights[2 * layer]!.id),
    })),
  }));
}

/** Mean squares of what the layers put out, each [1] and kept; the last time that a layer was used counts. */
function signals(
  model: GenerativeModel,
  { values, rows, width }: Matrix,
  random: Random,
): { readonly keys: readonly string[]; readonly tensors: readonly Tensor[] } {
  const found = new Map<string, Tensor>();
  tidy(() => {
    const x = tensor2d(values, [rows, width]) as Rows;
    const noise = tensorRandom(random);
    const hear = (net: string, layer: number, out: Rows): void => {
      const key = `${net} ${layer}`;
      found.get(key)?.dispose();
      found.set(key, keep(mean(square(out))));
    };
    overheard(hear, () => {
      for (const objective of model.objectives) objective.loss(x, noise, () => undefined);
    });
  });
  return { keys: [...found.keys()], tensors: [...found.values()] };
}

/** Root mean squares of gradients, by the weight's id. */
function gradientsOf(
  model: GenerativeModel,
  optimizers: readonly Descent[],
  seconds: readonly Float32Array[],
): ReadonlyMap<number, number> {
  const all = new Map<number, number>();
  model.objectives.forEach(({ trains, betas: [, beta2] }, i) => {
    const steps = optimizers[i]!.count();
    if (steps === 0) return;
    // V is not normalised: V / (1 + β₂ + β₂² + …) is the mean square.
    const weight = (1 - beta2) / (1 - beta2 ** steps);
    let at = 0;
    for (const variable of trains) {
      let sum = 0;
      for (let k = at; k < at + variable.size; k++) sum += seconds[i]![k]!;
      all.set(variable.id, Math.sqrt((weight * sum) / variable.size));
      at += variable.size;
    }
  });
  return all;
}
