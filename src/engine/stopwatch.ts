/**
 * How long the device was at work, by its own clock, where it has one: the host hears late that work is done, and
 * later still where it was busy itself. Browsers round to 100 µs, so what is timed should be some milliseconds.
 */

export interface Stopwatch {
  /**
   * What a pass must be begun with to be timed; undefined where all of the stopwatch's places are taken.
   * `done` must be called before the encoder is finished, `read` once it is submitted.
   */
  begin(): Timed | undefined;
  dispose(): void;
}

export interface Timed {
  readonly timestampWrites: GPUComputePassTimestampWrites;
  done(encoder: GPUCommandEncoder): void;
  /** Milliseconds that the pass took; undefined where the device's clock made no sense. Resolves when it is over. */
  read(): Promise<number | undefined>;
}

/** Passes that may be under way at once: as many as there are bundles with the device (`train/pipeline.ts`), and one. */
const places = 4;
/** Two numbers of 64 bits. */
const size = 16;
/** Where a query may be resolved to is a multiple of this. */
const stride = 256;

/** @returns undefined where the device has no clock. */
export function stopwatch(device: GPUDevice): Stopwatch | undefined {
  if (!device.features.has("timestamp-query")) return undefined;
  const queries = device.createQuerySet({ type: "timestamp", count: 2 * places });
  const resolved = device.createBuffer({
    size: stride * places,
    usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
  });
  const all = Array.from({ length: places }, (_, place) => ({
    place,
    buffer: device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ }),
  }));
  const free = [...all];
  return {
    begin() {
      const taken = free.pop();
      if (taken === undefined) return undefined;
      const { place, buffer } = taken;
      return {
        timestampWrites: {
          querySet: queries,
          beginningOfPassWriteIndex: 2 * place,
          endOfPassWriteIndex: 2 * place + 1,
        },
        done(encoder) {
          encoder.resolveQuerySet(queries, 2 * place, 2, resolved, stride * place);
          encoder.copyBufferToBuffer(resolved, stride * place, buffer, 0, size);
        },
        async read() {
          try {
            await buffer.mapAsync(GPUMapMode.READ);
          } catch {
            return undefined; // the device or the recording is gone; whoever waits for the work itself hears of it
          }
          const [from, to] = new BigUint64Array(buffer.getMappedRange());
          const nanoseconds = Number(to! - from!);
          buffer.unmap();
          free.push(taken);
          return nanoseconds > 0 ? nanoseconds / 1e6 : undefined;
        },
      };
    },
    dispose() {
      queries.destroy();
      for (const buffer of [resolved, ...all.map((each) => each.buffer)]) buffer.destroy();
    },
  };
}
