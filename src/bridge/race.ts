/** The worker of one race. */
import raceUrl from "../../workers/race.worker.ts?worker&url";
import type { RaceCommand, RaceEvent } from "../protocol/race.ts";
import { openLine, type Line } from "./worker.ts";

export const openRaceLine = (listeners: {
  onEvent(event: RaceEvent): void;
  onDeath(reason: string): void;
}): Line<RaceCommand, RaceEvent> => openLine({ url: raceUrl, name: "race", ...listeners });
