import { t } from "../../language/words.ts";
import { percent } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { Slider } from "../kit/Slider.tsx";
import { usePlaying } from "../kit/usePlaying.ts";
import css from "./Race.module.css";

/** Places on the line, and how long a whole race takes to be played, ms. */
const places = 120;
const playMs = 10_000;

/** All racers as they were at one share of the race. @param share 0 to 1; undefined is how they are. */
export function RaceScrubber({
  share,
  onChange,
}: {
  readonly share: number | undefined;
  readonly onChange: (share: number | undefined) => void;
}) {
  const [playing, setPlaying] = usePlaying(share ?? 1, 1, 1000 / playMs, (at) =>
    onChange(at >= 1 ? undefined : at),
  );
  const words = share === undefined ? t`the end` : t`${percent(share)} of the race`;
  return (
    <div className={css.scrub} role="group" aria-label={t`Replay of the race`}>
      <button
        type="button"
        data-look="quiet"
        aria-label={playing ? t`Stop playing` : t`Play the race`}
        onClick={() => setPlaying(!playing)}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <Slider
        thumbs={[{ label: t`Moment of the race`, at: Math.round((share ?? 1) * places), words }]}
        most={places}
        onChange={([at = places]) => {
          setPlaying(false);
          onChange(at >= places ? undefined : at / places);
        }}
      />
      <span>{words}</span>
    </div>
  );
}
