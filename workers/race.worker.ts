/** The race worker: a shell around `sessions/racing`. */
import type { RaceCommand, RaceEvent } from "../src/protocol/race.ts";
import { racingSession } from "../src/sessions/racing.ts";
import { computing } from "./computing.ts";
import { shell } from "./shell.ts";

shell<RaceCommand, RaceEvent>((host) => racingSession({ ...host, openBackend: computing.openBackend }));
