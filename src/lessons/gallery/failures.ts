/** The failure gallery in its order. To add a failure, add its file and a line here. */
import type { Failure } from "../failure.ts";
import { amplifiedBias } from "./amplifiedBias.ts";
import { discriminatorWins } from "./discriminatorWins.ts";
import { memorisation } from "./memorisation.ts";
import { modeCollapse } from "./modeCollapse.ts";
import { oscillation } from "./oscillation.ts";
import { posteriorCollapse } from "./posteriorCollapse.ts";
import { shortSchedule } from "./shortSchedule.ts";

export const failures: readonly Failure[] = [
  modeCollapse,
  discriminatorWins,
  oscillation,
  posteriorCollapse,
  shortSchedule,
  memorisation,
  amplifiedBias,
];
