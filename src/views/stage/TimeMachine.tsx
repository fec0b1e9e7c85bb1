import { useState } from "react";
import { count, midSentence, t } from "../../language/words.ts";
import { mostLooks, placeOf, type Look } from "../../store/replay.ts";
import type { LabState, Moment } from "../../store/state.ts";
import { useActions, useLab } from "../context.ts";
import { short } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { Slider } from "../kit/Slider.tsx";
import { usePlaying } from "../kit/usePlaying.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import { isLoss } from "../watch/curves.ts";
import css from "./TimeMachine.module.css";

/** Looks a second at speed 1: a whole run in a quarter of a minute. */
const pace = mostLooks / 15;
const speeds = [0.25, 0.5, 1, 2, 4, 8] as const;

const pickReplay = ({ training }: LabState) => training.replay;
const pickMoment = ({ stage }: LabState) => stage.moment;

/** How the run was at any moment: to be dragged through, played, held against another moment, and gone back to. */
export function TimeMachine() {
  const replay = useLabSlowly(pickReplay, 250);
  const moment = useLab(pickMoment);
  const best = useLab(({ training }) => training.best?.step);
  const moments = useLab(({ training }) => training.moments);
  const { lookBack, goBack } = useActions();
  const [speed, setSpeed] = useState(1);
  const { looks } = replay;
  const last = looks.length - 1;
  const at = moment === undefined ? last : placeOf(replay, moment.step);
  const against = moment?.against === undefined ? undefined : placeOf(replay, moment.against);
  const held = [...new Set([...moments, ...(best === undefined ? [] : [best])])].toSorted((a, b) => a - b);

  const show = (place: number, beside = moment?.against): void => {
    const step = looks[Math.max(0, Math.min(last, place))]?.step;
    if (step !== undefined) lookBack({ step, ...(beside !== undefined && { against: beside }) });
  };

  const [playing, setPlaying] = usePlaying(at, last, pace * speed, (place) => show(Math.floor(place)));

  if (last < 1) return null;
  const look = looks[at];
  const beside = against === undefined ? undefined : looks[against];
  return (
    <section className={css.machine} aria-label={t`Time machine`}>
      <div className={css.row}>
        <button
          type="button"
          data-look="quiet"
          aria-label={playing ? t`Stop playing` : t`Play the run`}
          onClick={() => setPlaying(!playing)}
        >
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <Slider
          thumbs={[
            ...(beside ? [{ label: t`Moment A`, at: against!, words: t`Step ${count(beside.step)}` }] : []),
            { label: beside ? t`Moment B` : t`Moment`, at, words: t`Step ${count(look?.step ?? 0)}` },
          ]}
          most={last}
          star={best === undefined ? undefined : placeOf(replay, best)}
          ticks={moments.map((step) => placeOf(replay, step))}
          onChange={(places) => {
            setPlaying(false);
            const place = places.at(-1)!;
            show(place, beside && looks[places[0]!]!.step);
          }}
        />
        <span className={css.step}>{moment === undefined ? t`now` : t`step ${count(look!.step)}`}</span>
        <select
          aria-label={t`Speed of playing`}
          value={speed}
          onChange={({ target }) => setSpeed(Number(target.value))}
        >
          {speeds.map((each) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      </div>
      <div className={css.row} data-second="">
        <div className={css.ways}>
          {best !== undefined && (
            <button
              type="button"
              data-look="link"
              onClick={() => show(placeOf(replay, best))}
            >{t`Best, step ${count(best)}`}</button>
          )}
          <Compare moment={moment} first={looks[0]!.step} last={look!.step} />
          {moment !== undefined && held.length > 0 && (
            <Restore held={held} step={look!.step} onRestore={goBack} />
          )}
          {moment !== undefined && (
            <button
              type="button"
              data-look="link"
              onClick={() => {
                setPlaying(false);
                lookBack(undefined);
              }}
            >{t`Back to now`}</button>
          )}
        </div>
      </div>
      {moment !== undefined && look && <Figures look={look} beside={beside} />}
    </section>
  );
}

/** Two moments side by side: the one on screen, and the first one to begin with. */
function Compare({
  moment,
  first,
  last,
}: {
  readonly moment: Moment | undefined;
  readonly first: number;
  readonly last: number;
}) {
  const { lookBack } = useActions();
  const on = moment?.against !== undefined;
  return (
    <button
      type="button"
      data-look="link"
      aria-pressed={on}
      onClick={() => lookBack(on ? { step: moment.step } : { step: moment?.step ?? last, against: first })}
    >
      {on ? t`One moment` : t`Compare two`}
    </button>
  );
}

/** Weights are held of some steps only: those of the nearest one can come back. */
function Restore({
  held,
  step,
  onRestore,
}: {
  readonly held: readonly number[];
  readonly step: number;
  readonly onRestore: (step: number) => void;
}) {
  const nearest = held.reduce((best, each) => (Math.abs(each - step) < Math.abs(best - step) ? each : best));
  return (
    <button
      type="button"
      data-look="link"
      title={t`The model's weights of that step come back, to draw rows from or to train on; what came after it is forgotten.`}
      onClick={() => onRestore(nearest)}
    >{t`Restore step ${count(nearest)}`}</button>
  );
}

/** What was measured then; of two moments, both. */
function Figures({ look, beside }: { readonly look: Look; readonly beside: Look | undefined }) {
  const before = beside && figuresOf(beside);
  return (
    <ul className={css.figures} aria-label={beside ? t`Figures of A and B` : t`Figures then`}>
      {figuresOf(look).map((figure) => {
        const earlier = before?.find(({ name }) => name === figure.name);
        return (
          <li key={figure.name}>
            {figure.name} <b>{earlier === undefined ? said(figure) : `${said(earlier)} → ${said(figure)}`}</b>
          </li>
        );
      })}
    </ul>
  );
}

interface Figure {
  readonly name: string;
  readonly value: number;
  /** The step that it is of, where that is not the look's own. */
  readonly from?: number;
}

const said = ({ value, from }: Figure): string =>
  from === undefined ? short(value, 3) : t`${short(value, 3)} (of step ${count(from)})`;

function figuresOf({ step, losses, distance, distanceAt, dials = [], dialsAt }: Look): readonly Figure[] {
  const of = (at: number | undefined) => (at === undefined || at === step ? {} : { from: at });
  return [
    ...(distance === undefined
      ? []
      : [{ name: "distance", value: Math.max(0, distance), ...of(distanceAt) }]),
    ...Object.entries(losses)
      .filter(([name]) => isLoss(name))
      .map(([name, value]) => ({ name, value })),
    ...dials.map(({ label, value }) => ({ name: midSentence(label), value, ...of(dialsAt) })),
  ];
}
