import { useEffect, useRef, useState } from "react";
import type { Losses } from "../../store/losses.ts";
import { useColours } from "../kit/colours.ts";
import { smooth } from "../kit/series.ts";
import css from "./Results.module.css";

type Plot = Pick<typeof import("../kit/plot.ts"), "drawLines" | "removeChart">;

/** Drawn by plotly, which is fetched when the first loss is known. */
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
  const any = losses.steps.length > 0;

  useEffect(() => {
    if (!any || plot) return;
    let wanted = true;
    import("../kit/plot.ts").then(
      ({ drawLines, removeChart }) => wanted && setPlot({ drawLines, removeChart }),
      () => wanted && setFailed(true),
    );
    return () => {
      wanted = false;
    };
  }, [any, plot]);

  useEffect(() => {
    const element = box.current;
    if (!element || !plot || !any) return;
    const curves = objectives.map((name) => ({
      name,
      x: losses.steps,
      y: smooth(losses.values[name] ?? [], smoothing),
    }));
    plot.drawLines(element, { curves, logScale }, colours);
  }, [plot, any, losses, objectives, logScale, smoothing, colours]);

  useEffect(() => {
    const element = box.current;
    if (!element || !plot || !any) return;
    return () => plot.removeChart(element);
  }, [plot, any]);

  return (
    <div className={css.chart}>
      <div ref={box} style={{ height: "100%" }} role="img" aria-label={describe(losses, objectives)} />
      {!any && <p>Curves appear with the first step.</p>}
      {failed && <p role="alert">The chart could not be loaded; the table below has the figures.</p>}
    </div>
  );
}

function describe(losses: Losses, objectives: readonly string[]): string {
  const last = losses.steps.at(-1);
  return last === undefined
    ? "Loss curves: none yet"
    : `Loss curves of ${objectives.join(" and ")} up to step ${last}; the table below has the figures`;
}
