/** A curve without axes, as an SVG path: steps across, the logarithm of distances upwards, as both shrink by factors. */
export function sparkline(
  points: readonly { readonly step: number; readonly distance: number }[],
  width: number,
  height: number,
): string {
  if (points.length < 2) return "";
  // Below a thousandth chance says more than the model does.
  const levels = points.map(({ distance }) => Math.log(Math.max(1e-3, distance)));
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const [first, last] = [points[0]!.step, points.at(-1)!.step];
  const x = (step: number): number => ((step - first) / Math.max(1, last - first)) * width;
  const y = (level: number): number => 2 + (1 - (level - low) / Math.max(1e-9, high - low)) * (height - 4);
  return points
    .map(({ step }, i) => `${i === 0 ? "M" : "L"}${x(step).toFixed(1)} ${y(levels[i]!).toFixed(1)}`)
    .join("");
}
