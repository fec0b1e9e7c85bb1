import { useMemo } from "react";
import { count, decimal, t } from "../../language/words.ts";
import { pointsOf } from "../../store/replay.ts";
import type { Racer, RaceState } from "../../store/race.ts";
import { short } from "../kit/format.ts";
import { MiniStage } from "./MiniStage.tsx";
import css from "./Race.module.css";
import { Spark } from "./Spark.tsx";

/** One racer: its rows on the map that all share, how far they are from held-out ones, and its losses. */
export function RacerCard({
  name,
  racer,
  state: { scene, racers, config },
  share: moment,
}: {
  /** Of the race, to be looked back at; undefined for how it stands. */
  readonly share: number | undefined;
  readonly name: string;
  readonly racer: Racer;
  readonly state: RaceState;
}) {
  const { step, spent, scores, losses, objectives, replay, out } = racer;
  const { looks } = replay;
  const look = moment === undefined ? looks.at(-1) : looks[Math.round(moment * (looks.length - 1))];
  const points = useMemo(() => look?.cloud && pointsOf(look.cloud), [look]);
  const timed = config?.budget.unit === "seconds";
  // Equal axes: what is shown of one is shown of all on the same scale.
  const end = Math.max(config?.budget.amount ?? 1, ...(timed ? racers.map((each) => each.spent) : []));
  const all = racers.flatMap((each) => each.scores.map(({ distance }) => Math.max(1e-3, distance)));
  const range = [Math.log(Math.min(...all, 0.5)), Math.log(Math.max(...all, 1e-3))] as const;
  const share = (timed ? spent : step) / end;
  const distance = scores.at(-1)?.distance;
  const curves = objectives.map((objective) => losses.values[objective] ?? []);

  return (
    <li className={css.racer}>
      <h3>{name}</h3>
      <p className={css.at}>
        {t`step ${count(moment === undefined ? step : (look?.step ?? 0))} `}
        <span>{t`${decimal(spent.toFixed(1))} s`}</span>
      </p>
      <MiniStage
        scene={scene}
        points={points}
        description={`${name}: ${scene ? t`${count(scene.real.length / 2)} real rows` : t`no rows yet`}${look && points ? t`, ${count(points.length / 2)} synthetic rows at step ${count(look.step)}` : ""}.`}
      />
      {out === undefined ? (
        <>
          <Spark
            label={t`Distance`}
            value={distance === undefined ? "–" : short(distance, 2)}
            curves={[scores.map((score) => Math.log(Math.max(1e-3, score.distance)))]}
            at={scores.map((score) => (timed ? score.spent : score.step) / end)}
            range={range}
          />
          {objectives.length > 0 && (
            <Spark
              label={objectives.length > 1 ? t`Losses` : t`Loss`}
              value={curves.map((curve) => short(curve.findLast(Number.isFinite) ?? NaN, 2)).join(" · ")}
              curves={curves}
              at={losses.steps.map((at) => (at / Math.max(1, step)) * share)}
            />
          )}
        </>
      ) : (
        <p className={css.out}>{t`Out: ${out}`}</p>
      )}
    </li>
  );
}
