import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { underWay, type Race } from "../../store/race.ts";
import { useActions, useLab } from "../context.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { Dialog, DialogBody } from "../kit/Dialog.tsx";
import { racerNames } from "../../catalog/racers.ts";
import { count, t } from "../../language/words.ts";
import { raceMarkdown } from "./figures.ts";
import css from "./Race.module.css";
import { RaceLink } from "./RaceLink.tsx";
import { RaceSetup } from "./RaceSetup.tsx";
import { RaceScrubber } from "./RaceScrubber.tsx";
import { RacerCard } from "./RacerCard.tsx";
import { RaceTable } from "./RaceTable.tsx";
import { Trilemma } from "./Trilemma.tsx";

/** Two to four models on equal terms: who is put in, how they fare side by side, and what was measured. */
export function RaceDialog({ onClose }: { readonly onClose: () => void }) {
  const actions = useActions();
  const [race, setRace] = useState<Race>();
  const [fault, setFault] = useState("");
  useEffect(() => {
    actions.race().then(setRace, () => {
      setFault(t`The race's code could not be loaded. Reload the page to try again.`);
    });
  }, [actions]);
  return (
    <Dialog title={t`Race`} wide onClose={onClose}>
      {fault !== "" && <p role="alert">{fault}</p>}
      {race && <RaceBody race={race} />}
    </Dialog>
  );
}

function RaceBody({ race }: { readonly race: Race }) {
  const state = useStore(race.store);
  const data = useLab(({ data }) => data.summary?.name ?? "");
  const [baseline, setBaseline] = useState(0);
  const [share, setShare] = useState<number>();
  const { status, config, racers, message, turn } = state;
  const heat = (config?.seeds ?? 1) > 1 ? t`, seed ${turn + 1} of ${config!.seeds}` : "";
  const replays = racers.some(({ replay }) => replay.looks.length > 1);
  const names = racerNames(racers.map(({ spec }) => spec));
  const base = Math.min(baseline, racers.length - 1);
  const busy = underWay(state);
  const judged = racers.filter(({ figures }) => figures).length;
  const words = {
    idle: "",
    starting: t`Building the models…`,
    racing: t`Racing on ${data}${heat}.`,
    judging:
      turn === 0 ? t`Judging their rows: ${judged} of ${racers.length} done.` : t`Judging their rows${heat}.`,
    over: t`The race is over.`,
    cancelled: t`Cancelled. What was measured by then is below.`,
    failed: message,
  }[status];

  return (
    <DialogBody>
      <RaceSetup
        busy={busy}
        onStart={(wanted) => {
          setBaseline(0);
          setShare(undefined);
          race.start(wanted);
        }}
        onEnough={status === "racing" ? race.enough : undefined}
        onCancel={race.cancel}
      />
      <p role={status === "failed" ? "alert" : "status"} className={css.status} data-race={status}>
        {words}
      </p>
      {config && (
        <ul className={css.racers} data-many={racers.length}>
          {racers.map((racer, i) => (
            <RacerCard key={i} name={names[i]!} racer={racer} state={state} share={share} />
          ))}
        </ul>
      )}
      {replays && <RaceScrubber share={share} onChange={setShare} />}
      {judged > 0 && (
        <div className={css.measured}>
          <section className={css.section} aria-labelledby="race-scores">
            <div className={css.sectionHead}>
              <h3 id="race-scores">{t`Scoreboard`}</h3>
              <label className={css.baseline}>
                {t`Baseline`}
                <select value={base} onChange={(event) => setBaseline(Number(event.target.value))}>
                  {names.map((name, i) => (
                    <option key={i} value={i}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
              <CopyButton look="link" text={raceMarkdown(state, base)}>{t`Copy as Markdown`}</CopyButton>
              <RaceLink race={state} />
            </div>
            <RaceTable state={state} names={names} baseline={base} />
            <p className={css.quiet}>{t`${
              (config?.seeds ?? 1) > 1
                ? t`Means over seeds ${config!.seed} to ${config!.seed + config!.seeds! - 1} and their standard deviation`
                : t`Seed ${config?.seed}`
            }, the same training and held-out rows for all; the same run made alone scores the same. Figures are of ${count(1_000)} rows; ${
              (config?.seeds ?? 1) > 1
                ? t`differences within the spread say little.`
                : t`one seed says little of small differences.`
            }`}</p>
          </section>
          <section className={css.section} aria-labelledby="race-trilemma">
            <div className={css.sectionHead}>
              <h3 id="race-trilemma">{t`Quality, coverage, speed`}</h3>
            </div>
            <Trilemma state={state} names={names} />
          </section>
        </div>
      )}
    </DialogBody>
  );
}
