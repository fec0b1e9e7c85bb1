/**
 * What goes wrong with generative models often enough to have a name, seen in
 * what the page knows of a run: its losses, the newest rows by column, and what
 * the analysis worker saw in them. A false alarm is worse than silence: each
 * has to be beyond chance, to last, and to be worth a change.
 */
import { discriminatorWins, divergence, oscillation, posteriorCollapse } from "./curveFindings.ts";
import { amplifiedBias, droppedCategory } from "./categoryFindings.ts";
import type { Finding, Seen } from "./finding.ts";
import { memorisation, modeCollapse, shortSchedule } from "./rowFindings.ts";

const detectors: readonly ((seen: Seen) => Finding | undefined)[] = [
  divergence,
  modeCollapse,
  discriminatorWins,
  oscillation,
  posteriorCollapse,
  shortSchedule,
  droppedCategory,
  amplifiedBias,
  memorisation,
];

export const findings = (seen: Seen): readonly Finding[] => detectors.flatMap((find) => find(seen) ?? []);
