/**
 * The four steps of the benchmark as a reader of TensorFlow.js' own guides would
 * write them: its Adam, its random numbers, its gradients. Batches stay on the
 * device, which spares stock TensorFlow.js an upload a step.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import type { Steps } from "./measure.ts";
import type { StepName } from "./steps.ts";
import { shapes } from "./steps.ts";

type Dense = { w: tf.Variable; b: tf.Variable };
type Activate = (x: tf.Tensor) => tf.Tensor;

const layers = (sizes: readonly number[]): Dense[] =>
  sizes.slice(1).map((out, i) => ({
    w: tf.variable(tf.randomNormal([sizes[i]!, out], 0, Math.sqrt(2 / sizes[i]!))),
    b: tf.variable(tf.zeros([out])),
  }));

const forward = (net: readonly Dense[], x: tf.Tensor, activate: Activate): tf.Tensor =>
  net.reduce((h, { w, b }, i) => {
    const z = tf.add(tf.matMul(h as tf.Tensor2D, w as tf.Tensor2D), b);
    return i === net.length - 1 ? z : activate(z);
  }, x);

const weights = (net: readonly Dense[]): tf.Variable[] => net.flatMap(({ w, b }) => [w, b]);
const relu: Activate = (x) => tf.relu(x);
const silu: Activate = (x) => tf.mul(x, tf.sigmoid(x));
const adam = (): tf.Optimizer => tf.train.adam(1e-3);

const repeated =
  (step: () => void): Steps =>
  (times) => {
    for (let i = 0; i < times; i++) step();
  };

export const stockSteps: Record<StepName, () => Steps> = {
  ref() {
    const { batch, sizes } = shapes.ref;
    const net = layers(sizes);
    const x = tf.randomNormal([batch, sizes[0]!]);
    const y = tf.randomNormal([batch, 1]);
    const optimizer = adam();
    return repeated(
      () =>
        void optimizer.minimize(
          () => tf.mean(tf.square(tf.sub(forward(net, x, relu), y))) as tf.Scalar,
          false,
          weights(net),
        ),
    );
  },
  critic() {
    const { batch, pac, width, latent, generator, critic } = shapes.critic;
    const G = layers(generator);
    const D = layers(critic);
    const x = tf.randomNormal([batch, width]);
    const optimizer = tf.train.adam(2e-4, 0.5, 0.9);
    return repeated(
      () =>
        void optimizer.minimize(
          () => {
            const packed = [batch / pac, width * pac] as [number, number];
            const real = tf.reshape(x, packed);
            const fake = tf.reshape(forward(G, tf.randomNormal([batch, latent]), relu), packed);
            const mixed = tf.add(real, tf.mul(tf.sub(fake, real), tf.randomUniform([packed[0], 1])));
            const slopes = tf.grad((at: tf.Tensor) => tf.sum(forward(D, at, relu)))(mixed);
            const norm = tf.sqrt(tf.add(tf.sum(tf.square(slopes), 1), 1e-12));
            const penalty = tf.mul(tf.mean(tf.square(tf.sub(norm, 1))), 10);
            return tf.add(
              tf.sub(tf.mean(forward(D, fake, relu)), tf.mean(forward(D, real, relu))),
              penalty,
            ) as tf.Scalar;
          },
          false,
          weights(D),
        ),
    );
  },
  denoiser() {
    const { batch, width, sizes } = shapes.denoiser;
    const net = layers(sizes);
    const x = tf.randomNormal([batch, width]);
    const optimizer = adam();
    return repeated(
      () =>
        void optimizer.minimize(
          () => {
            const t = tf.randomUniform([batch, 1]);
            const noise = tf.randomNormal([batch, width]);
            const noisy = tf.add(tf.mul(x, tf.sqrt(tf.sub(1, t))), tf.mul(noise, tf.sqrt(t)));
            return tf.mean(
              tf.square(tf.sub(forward(net, tf.concat([noisy, t], 1), silu), noise)),
            ) as tf.Scalar;
          },
          false,
          weights(net),
        ),
    );
  },
  toy() {
    const { batch, sizes } = shapes.toy;
    const net = layers(sizes);
    const x = tf.randomNormal([batch, 2]);
    const optimizer = adam();
    return repeated(
      () =>
        void optimizer.minimize(
          () => {
            const noise = tf.randomNormal([batch, 2]);
            return tf.mean(tf.square(tf.sub(forward(net, tf.add(x, noise), relu), noise))) as tf.Scalar;
          },
          false,
          weights(net),
        ),
    );
  },
};
