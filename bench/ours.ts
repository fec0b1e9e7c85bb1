/** The four steps of the benchmark on Likeness' engine, as its models use it. */
import { capture } from "../src/engine/capture.ts";
import { clock } from "../src/engine/clock.ts";
import { feed } from "../src/engine/feed.ts";
import { meanSquaredError } from "../src/engine/fused/squares.ts";
import { meter } from "../src/engine/meter.ts";
import { mlp } from "../src/engine/net.ts";
import { tensorRandom } from "../src/engine/noise.ts";
import type { TensorRandom } from "../src/engine/noise.ts";
import { adam } from "../src/engine/optimizer.ts";
import type { AdamOptions } from "../src/engine/optimizer.ts";
import { inPrecision, precision } from "../src/engine/precision.ts";
import { add, concat, grad, mean, mul, reshape, sqrt, square, sub, sum, tidy } from "../src/engine/tf.ts";
import type { Rows, Scalar, Tensor, Variable } from "../src/engine/tf.ts";
import { Refusal } from "../src/engine/recorder.ts";
import { random } from "../src/random/random.ts";
import type { Steps } from "./measure.ts";
import type { StepName } from "./steps.ts";
import { shapes } from "./steps.ts";

/**
 * Training steps: on WebGPU replays of a recording, elsewhere the step itself. The table stays on the device and
 * a fresh batch of it is drawn each step, as a trainer does.
 */
function step(
  weights: readonly Variable[],
  options: AdamOptions,
  [batch, width]: readonly [number, number],
  loss: (x: Rows, noise: TensorRandom) => Scalar,
): Steps {
  const time = clock(7);
  const noise = tensorRandom(random(2), time);
  const optimizer = adam(weights, options);
  const rows = 5_000;
  const batches = feed({ values: first.normals(rows * width), rows, width }, batch, time, 1);
  const losses = meter(["loss"], time.steps);
  const chosen = precision();
  const once = (): void => {
    inPrecision(chosen, () =>
      tidy(() => {
        const x = batches.next();
        losses.note(new Map([["loss", optimizer.minimize(() => loss(x, noise))]]));
      }),
    );
    time.tick();
  };
  once();
  try {
    const program = capture(once, [time.steps, optimizer.steps, ...losses.counters]);
    return Object.assign((times: number) => program.replay(times), { worked: () => program.worked() });
  } catch (error) {
    if (error instanceof Refusal)
      return (times) => {
        for (let i = 0; i < times; i++) once();
      };
    throw error;
  }
}

const first = tensorRandom(random(1));

/** The same in half precision, which only a device that offers it can take. */
export const halfSteps = (): Record<StepName, () => Steps> =>
  Object.fromEntries(
    Object.entries(ourSteps).map(([name, make]) => [name, () => inPrecision("half", make)]),
  ) as Record<StepName, () => Steps>;

export const ourSteps: Record<StepName, () => Steps> = {
  ref() {
    const { batch, sizes } = shapes.ref;
    const net = mlp("net", sizes, first, { hidden: "relu" });
    const y = first.normal(batch, 1);
    return step(net.weights, { learningRate: 1e-3 }, [batch, sizes[0]], (x) =>
      meanSquaredError(net.forward(x), y),
    );
  },
  critic() {
    const { batch, pac, width, latent, generator, critic } = shapes.critic;
    const G = mlp("generator", generator, first, { hidden: "relu" });
    const D = mlp("critic", critic, first, { hidden: "relu" });
    const packed = (rows: Rows): Rows => reshape(rows, [batch / pac, width * pac]);
    return step(D.weights, { learningRate: 2e-4, beta1: 0.5, beta2: 0.9 }, [batch, width], (x, noise) => {
      const real = packed(x);
      const fake = packed(G.forward(noise.normal(batch, latent)));
      const mixed = add(real, mul(sub(fake, real), noise.uniform(batch / pac, 1)));
      const slopes = grad((at: Tensor) => sum(D.forward(at as Rows)))(mixed);
      const norm = sqrt(add(sum(square(slopes), 1), 1e-12));
      const penalty = mul(mean(square(sub(norm, 1))), 10);
      return add(sub(mean(D.forward(fake)), mean(D.forward(real))), penalty) as Scalar;
    });
  },
  denoiser() {
    const { batch, width, sizes } = shapes.denoiser;
    const net = mlp("denoiser", sizes, first, { hidden: "silu" });
    return step(net.weights, { learningRate: 1e-3 }, [batch, width], (x, noise) => {
      const t = noise.uniform(batch, 1);
      const epsilon = noise.normal(batch, width);
      const noisy = add(mul(x, sqrt(sub(1, t))), mul(epsilon, sqrt(t)));
      return meanSquaredError(net.forward(concat([noisy, t], 1) as Rows), epsilon);
    });
  },
  toy() {
    const { batch, sizes } = shapes.toy;
    const net = mlp("net", sizes, first, { hidden: "relu" });
    return step(net.weights, { learningRate: 1e-3 }, [batch, 2], (x, noise) => {
      const epsilon = noise.normal(batch, 2);
      return meanSquaredError(net.forward(add(x, epsilon) as Rows), epsilon);
    });
  },
};
