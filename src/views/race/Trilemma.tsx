import { useRef } from "react";
import { decimal, t } from "../../language/words.ts";
import { overSeeds, type Racer, type RaceState } from "../../store/race.ts";
import { percent, rate } from "../kit/format.ts";
import { useSize } from "../kit/useSize.ts";
import css from "./Race.module.css";

const height = 320;
const [left, right, top, bottom] = [44, 16, 40, 48];
const radius = 10;

interface Mark {
  readonly name: string;
  readonly racer: Racer;
  readonly quality: number;
  readonly coverage: number;
  readonly speed: number;
}

/**
 * The generative learning trilemma from what was measured: quality upwards, speed
 * to the right by factors of ten, and of each mark as much is filled as the racer
 * covers. The ideal stands top right, full. Racers that are one model with more
 * and more steps are joined (Xiao et al., 2022, figure 1).
 */
export function Trilemma({
  state: { racers, reference },
  names,
}: {
  readonly state: RaceState;
  readonly names: readonly string[];
}) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const marks = racers.flatMap((racer, i): readonly Mark[] => {
    // Over several seeds the means, as on the scoreboard.
    const quality = overSeeds(racer, ({ figures }) => figures?.quality)?.mean;
    const coverage = overSeeds(racer, ({ figures }) => figures?.coverage)?.mean;
    const speed = overSeeds(racer, ({ rowsPerSecond }) => rowsPerSecond)?.mean;
    if (quality === undefined || coverage === undefined || !speed) return [];
    return [{ name: names[i]!, racer, quality, coverage, speed }];
  });
  const powers = marks.map(({ speed }) => Math.log10(speed));
  const [low, high] = [Math.floor(Math.min(...powers) - 0.2), Math.ceil(Math.max(...powers) + 0.2)];
  const x = (power: number): number => left + ((power - low) / (high - low)) * (width - left - right);
  const y = (quality: number): number => height - bottom - quality * (height - bottom - top);
  const at = ({ speed, quality }: Mark) => [x(Math.log10(speed)), y(quality)] as const;
  const line = lineOf(marks);
  /** Where the held-out rows' line is named. */
  const heldAt: Box = { x: left + 4, y: y(reference?.quality ?? 0) + 11, width: 84 };
  const labels = placed(
    marks.map((mark) => {
      const [cx, cy] = at(mark);
      return { x: cx, y: cy, text: `${mark.name} ${percent(mark.coverage)}` };
    }),
    width,
    reference?.quality === undefined ? [] : [heldAt],
  );
  const said = marks
    .map(
      ({ name, quality, coverage, speed }) =>
        t`${name}: quality ${decimal(quality.toFixed(2))}, coverage ${decimal(coverage.toFixed(2))}, ${rate(Number(speed.toPrecision(2)))} rows a second`,
    )
    .join("; ");
  return (
    <div ref={box} className={css.trilemma}>
      {width > 120 && marks.length > 0 && (
        <svg width={width} height={height} role="img" aria-label={t`Trilemma. ${said}.`}>
          {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
            <g key={tick}>
              <line className={css.grid} x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
              <text x={left - 8} y={y(tick)} textAnchor="end" dominantBaseline="central">
                {tick}
              </text>
            </g>
          ))}
          {Array.from({ length: high - low + 1 }, (_, i) => low + i).map((power) => (
            <text key={power} x={x(power)} y={height - bottom + 24} textAnchor="middle">
              {power >= 6 ? t`${10 ** (power - 6)} M` : power >= 3 ? t`${10 ** (power - 3)} k` : 10 ** power}
            </text>
          ))}
          <text className={css.axis} x={0} y={10}>{t`Not told apart`}</text>
          <text
            className={css.axis}
            x={width - right}
            y={height - 4}
            textAnchor="end"
          >{t`Rows drawn a second`}</text>
          {reference?.quality !== undefined && (
            <>
              <line
                className={css.held}
                x1={left}
                x2={width - right}
                y1={y(reference.quality)}
                y2={y(reference.quality)}
              />
              <text x={heldAt.x} y={heldAt.y} dominantBaseline="central">{t`held-out rows`}</text>
            </>
          )}
          {line.length > 1 && (
            <polyline className={css.joined} points={line.map((mark) => at(mark).join(",")).join(" ")} />
          )}
          {marks.map((mark, i) => {
            const [cx, cy] = at(mark);
            const label = labels[i]!;
            return (
              <g key={mark.name}>
                <circle className={css.mark} cx={cx} cy={cy} r={radius} />
                <path className={css.filled} d={wedge(cx, cy, mark.coverage)} />
                <text className={css.name} x={label.x} y={label.y} dominantBaseline="central">
                  {mark.name}
                  <tspan className={css.share}> {percent(mark.coverage)}</tspan>
                </text>
              </g>
            );
          })}
        </svg>
      )}
      <p
        className={css.quiet}
      >{t`The filled part of a mark, and the figure beside it, is the share of real rows that it covers. Best is top right and full.${line.length > 1 && t` The line joins one model from one step to many.`}`}</p>
    </div>
  );
}

/** DDGAN by its steps, then diffusion, which takes as many as it needs. */
function lineOf(marks: readonly Mark[]): readonly Mark[] {
  const steps = marks
    .filter(({ racer }) => racer.spec.id === "ddgan")
    .toSorted((a, b) => Number(a.racer.spec.settings["steps"]) - Number(b.racer.spec.settings["steps"]));
  if (steps.length < 2) return [];
  return [...steps, ...marks.filter(({ racer }) => racer.spec.id === "diffusion").slice(0, 1)];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Height of a line of text, and about how wide a letter of it is. */
const [tall, letter] = [16, 6.6];

/** Where each name stands: beside its mark, above or below it, wherever it first lies on no mark and no other name. */
function placed(
  marks: readonly { readonly x: number; readonly y: number; readonly text: string }[],
  width: number,
  taken: readonly Box[],
): readonly Box[] {
  const done: Box[] = [];
  const around = marks.map(({ x, y }): Box => ({ x: x - radius, y, width: 2 * radius }));
  const meet = (a: Box, b: Box): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < tall + 2;
  marks.forEach(({ x, y, text }, i) => {
    const wide = text.length * letter;
    const centred = Math.min(width - wide, Math.max(left, x - wide / 2));
    const gap = radius + 6;
    const places = [0, -1, 1, -2, -3].flatMap((row): readonly Box[] => {
      const level = y + row * (tall + 4);
      const over = row === 0 ? [] : [{ x: centred, y: level, width: wide }];
      // Above or below, it may reach over the mark where the axis is in its way.
      const before = row === 0 ? x - gap - wide : Math.max(left, x - gap - wide);
      return [...over, { x: x + gap, y: level, width: wide }, { x: before, y: level, width: wide }];
    });
    const inside = places.filter(
      (box) => box.x >= left && box.x + box.width <= width && box.y > top / 2 && box.y <= height - bottom + 4,
    );
    const free = inside.find(
      (box) =>
        !taken.some((other) => meet(box, other)) &&
        !around.some((other, j) => j !== i && meet(box, other)) &&
        !done.some((other) => meet(box, other)),
    );
    done.push(free ?? inside[0] ?? places[0]!);
  });
  return done;
}

/** A share of a disc, from the top clockwise. */
function wedge(x: number, y: number, share: number): string {
  const part = Math.min(0.9999, Math.max(0, share));
  if (part === 0) return "";
  const angle = 2 * Math.PI * part - Math.PI / 2;
  const end = `${(x + radius * Math.cos(angle)).toFixed(2)} ${(y + radius * Math.sin(angle)).toFixed(2)}`;
  return `M${x} ${y}L${x} ${y - radius}A${radius} ${radius} 0 ${part > 0.5 ? 1 : 0} 1 ${end}Z`;
}
