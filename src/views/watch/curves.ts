/** What a model counts beside its losses: no curves of the chart, whose scale is theirs. */
const counted: readonly string[] = ["dimensions in use"];

export const isLoss = (curve: string): boolean => !counted.includes(curve);

/** Inks of the loss curves by place, as tokens: never the role colours, which mean rows. */
const tokens = ["--ink-2", "--accent", "--ink", "--ink-3"] as const;

export const curveToken = (index: number): string => `var(${tokens[index % tokens.length]!})`;

const styles = ["solid", "solid", "dotted", "dashed"] as const;

/** Curves differ by their stroke too, for eyes and printers that see no colour. */
export const curveStyle = (index: number): (typeof styles)[number] => styles[index % styles.length]!;
