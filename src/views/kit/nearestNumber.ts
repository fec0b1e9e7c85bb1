/** What a number box makes of its text: the number itself, the nearest one it takes, or nothing. */
export function nearestNumber(
  text: string,
  { min, max, whole }: { readonly min: number; readonly max: number; readonly whole: boolean },
): number | undefined {
  const parsed = text.trim() === "" ? NaN : Number(text);
  if (Number.isNaN(parsed)) return undefined;
  const within = Math.min(max, Math.max(min, parsed));
  return whole ? Math.round(within) : within;
}
