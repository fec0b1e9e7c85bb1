import type { ChartCard } from "../../protocol/experiment.ts";
import { ticks } from "../kit/ticks.ts";
import css from "./Helps.module.css";
import { figure, isMade, rangeOf, spreadOf } from "./scores.ts";

/** A line for each way of putting rows together, a mark for each seed, a stroke at their mean. */
export function Strip({ chart }: { readonly chart: ChartCard }) {
  const range = rangeOf(chart);
  const [low, high] = range;
  const at = (value: number): string => `${(100 * (value - low)) / (high - low)}%`;
  const marks = ticks({ label: "", range }, 4);
  return (
    <ul className={css.strip}>
      {chart.arms.map((arm) => {
        const spread = spreadOf(arm.points[0]?.scores ?? []);
        return (
          <li key={arm.name} data-made={isMade(arm)}>
            <span>{arm.label}</span>
            <span className={css.lane} aria-hidden="true">
              {marks.map((mark) => (
                <u key={mark.at} style={{ left: at(mark.at) }} />
              ))}
              {spread !== undefined && (
                <>
                  <s style={{ left: at(spread.low), right: `calc(100% - ${at(spread.high)})` }} />
                  {spread.all.map((score, seed) => (
                    <i key={seed} style={{ left: at(score) }} />
                  ))}
                  <b style={{ left: at(spread.mean) }} />
                </>
              )}
            </span>
            <span>{spread === undefined ? "–" : figure(spread.mean)}</span>
          </li>
        );
      })}
      <li className={css.scale} aria-hidden="true">
        <span />
        <span className={css.lane}>
          {marks.map((mark) => (
            <small key={mark.at} style={{ left: at(mark.at) }}>
              {mark.label}
            </small>
          ))}
        </span>
        <span />
      </li>
    </ul>
  );
}
