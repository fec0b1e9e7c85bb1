import { useEffect, useRef, useState } from "react";
import { t } from "../../language/words.ts";
import type { Losses } from "../../store/losses.ts";
import { useLab } from "../context.ts";
import { useColours } from "../kit/colours.ts";
import { smooth } from "../kit/series.ts";
import css from "./Results.module.css";

type Plot = Pick<typeof import("../kit/plot.ts"), "drawLines" | "removeChart">;

/**
 * Drawn by plotly. Its first draw of axes keeps the page for longer than any later one, so it is done ahead, out of
 * sight, once nothing happens for a while; where a run is on already, apart from that of the first curves.
 */
export function LossChart({
  losses,
  objectives,
  logScale,
  smoothing,
}: {
  readonly losses: Losses;
  readonly objectives: readonly string[];
  readonly logScale: boolean;
  readonly smoothing: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<Plot>();
  const [failed, setFailed] = useState(false);
  const colours = useColours();
  const [hasAxes, setHasAxes] = useState(false);
  const any = losses.steps.length > 0;
  const wanted = useQuiet() || any;

  useEffect(() => {
    if (!wanted || plot) return;
    let here = true;
    import("../kit/plot.ts").then(
      ({ drawLines, removeChart }) => here && setPlot({ drawLines, removeChart }),
      () => here && setFailed(true),
    );
    return () => {
      here = false;
    };
  }, [wanted, plot]);

  useEffect(() => {
    const element = box.current;
    if (!element || !plot) return;
    if (!any || !hasAxes) {
      plot.drawLines(element, { curves: [], logScale }, colours);
      const next = setTimeout(() => setHasAxes(true));
      return () => clearTimeout(next);
    }
    const curves = objectives.map((name) => ({
      name: t(name),
      x: losses.steps,
      y: smooth(losses.values[name] ?? [], smoothing),
    }));
    plot.drawLines(element, { curves, logScale }, colours);
    return undefined;
  }, [plot, any, hasAxes, losses, objectives, logScale, smoothing, colours]);

  useEffect(() => {
    const element = box.current;
    if (!element || !plot) return;
    return () => plot.removeChart(element);
  }, [plot]);

  return (
    <div className={css.chart}>
      <div
        ref={box}
        style={{ height: "100%", visibility: any && hasAxes ? "visible" : "hidden" }}
        role="img"
        aria-label={describe(losses, objectives)}
      />
      {!any && <p>{t`Curves appear with the first step.`}</p>}
      {failed && <p role="alert">{t`The chart could not be loaded; the table below has the figures.`}</p>}
    </div>
  );
}

/** Whether the page has been ready, with no run on, for as long as a person looks around before a run begins. */
function useQuiet(): boolean {
  const ready = useLab((state) => state.phase === "ready" && !state.training.starting);
  const [quiet, setQuiet] = useState(false);
  useEffect(() => {
    if (!ready || quiet) return;
    const timer = setTimeout(() => setQuiet(true), 200);
    return () => clearTimeout(timer);
  }, [ready, quiet]);
  return quiet;
}

function describe(losses: Losses, objectives: readonly string[]): string {
  const last = losses.steps.at(-1);
  return last === undefined
    ? t`Loss curves: none yet`
    : t`Loss curves of ${objectives.map((name) => t(name)).join(t` and `)} up to step ${last}; the table below has the figures`;
}
