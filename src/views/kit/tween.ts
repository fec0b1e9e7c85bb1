/**
 * Dots travel. The same latent batch is drawn at every frame, so dot i of one
 * frame and dot i of the next are the same draw of noise seen by a model that
 * has learned a little more: moving it in between is showing, not decoration.
 */

/** Fastest and slowest journey between two frames, in ms. */
const shortest = 120;
const longest = 360;

/** A journey that fills the time until the next frame is due, judged by the last interval. */
export const journey = (sinceLastFrame: number): number =>
  Math.min(longest, Math.max(shortest, Number.isFinite(sinceLastFrame) ? sinceLastFrame : longest));

/** Slows down towards the end, so that a late next frame shows as rest and not as a stop. */
export const ease = (t: number): number => (t <= 0 ? 0 : t >= 1 ? 1 : 1 - (1 - t) ** 2);

/** Writes the points between `from` (t = 0) and `to` (t = 1) into `into`, all of one length. */
export function between(from: Float32Array, to: Float32Array, t: number, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) {
    const start = from[i]!;
    const end = to[i]!;
    // A dot that had no place, or has none now, does not fly in from nowhere.
    into[i] = Number.isFinite(start) && Number.isFinite(end) ? start + (end - start) * t : end;
  }
}
