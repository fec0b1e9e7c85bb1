export const chromiumFlags: readonly string[];
export function findChromium(): string | undefined;
export function ensureChromium(): string;
