import { useEffect, useRef, useState } from "react";
import { count, t } from "../../language/words.ts";
import { runNames, type SharedLook, type SharedResult, type SharedRun } from "../../share/result.ts";
import { Icon, RoleMark } from "../kit/Icon.tsx";
import { reducedMotion } from "../kit/motion.ts";
import { SavePicture } from "../kit/SavePicture.tsx";
import { Slider } from "../kit/Slider.tsx";
import { ReplayCanvas } from "./ReplayCanvas.tsx";
import css from "./ResultPage.module.css";

/** Between two moments of a replay, ms. */
const pace = 140;

/** The look of a run that stands where the longest one is at a moment: runs of a race go side by side. */
export function lookAt({ looks }: SharedRun, moment: number, moments: number): SharedLook | undefined {
  if (looks.length === 0) return undefined;
  return looks[moments <= 1 ? looks.length - 1 : Math.round((moment / (moments - 1)) * (looks.length - 1))];
}

/** The maps of all runs, with one slider for them all. It opens at the first moment and plays to the last, once. */
export function ReplayStage({
  result,
  bare = false,
  onStep,
}: {
  readonly result: SharedResult;
  readonly bare?: boolean;
  /** Told the step of the first run that is shown. */
  readonly onStep?: (step: number) => void;
}) {
  const { scene, runs } = result;
  const names = runNames(result);
  const moments = Math.max(...runs.map(({ looks }) => looks.length));
  const still = moments < 2 || reducedMotion();
  const [moment, setMoment] = useState(still ? Math.max(0, moments - 1) : 0);
  const [playing, setPlaying] = useState(!still);
  const maps = useRef<HTMLDivElement>(null);
  const step = lookAt(runs[0]!, moment, moments)?.step ?? runs[0]!.step;

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => setMoment((at) => Math.min(moments - 1, at + 1)), pace);
    return () => clearInterval(timer);
  }, [playing, moments]);
  useEffect(() => {
    if (moment >= moments - 1) setPlaying(false);
  }, [moment, moments]);
  useEffect(() => onStep?.(step), [onStep, step]);

  const play = (): void => {
    if (!playing && moment >= moments - 1) setMoment(0);
    setPlaying(!playing);
  };

  return (
    <main className={css.stage} aria-label={t`Stage`} id="stage">
      {!bare && (
        <div className={css.head}>
          <ul className={css.legend} aria-label={t`Legend`}>
            <li>
              <i className={css.swatch} aria-hidden="true" />
              {t`real: how densely they lie`}
            </li>
            <li>
              <RoleMark role="synthetic" />
              {t`synthetic`}
            </li>
          </ul>
          {scene && <SavePicture of={maps} name="likeness-result" />}
        </div>
      )}
      <div className={css.maps} ref={maps} data-runs={runs.length}>
        {scene ? (
          runs.map((run, i) => {
            const name = names[i]!;
            const look = lookAt(run, moment, moments);
            return (
              <section key={i} className={css.map} aria-label={name}>
                {(runs.length > 1 || bare) && (
                  <h2>
                    {name} <span>{t`step ${count(look?.step ?? run.step)}`}</span>
                  </h2>
                )}
                <ReplayCanvas scene={scene} look={look} name={name} />
              </section>
            );
          })
        ) : (
          <p className={css.empty}>{t`This table has one column and no map. Its figures are beside this.`}</p>
        )}
      </div>
      {moments > 1 && (
        <div className={css.transport}>
          <button
            type="button"
            onClick={play}
            aria-label={playing ? t`Pause the replay` : t`Play the replay`}
          >
            <Icon name={playing ? "pause" : "play"} />
          </button>
          <Slider
            thumbs={[{ label: t`Moment`, at: moment, words: t`Step ${count(step)}` }]}
            most={moments - 1}
            onChange={([at = 0]) => {
              setPlaying(false);
              setMoment(at);
            }}
          />
          <output>{t`step ${count(step)}`}</output>
        </div>
      )}
      {moments === 1 && !bare && (
        <p className={css.note}>{t`The last picture of the run; the link holds no replay.`}</p>
      )}
    </main>
  );
}
