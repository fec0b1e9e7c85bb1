import { count, t } from "../../language/words.ts";
import { useLab } from "../context.ts";
import type { NetShape } from "../../protocol/run.ts";
import css from "./Results.module.css";

/** The networks that are training, drawn from their sizes. */
export function Architecture() {
  const nets = useLab((state) => state.training.nets);
  if (nets.length === 0) return null;
  const notes = new Set(nets.flatMap(({ note }) => note ?? []));
  return (
    <section className={css.section} aria-labelledby="nets-heading">
      <h2 id="nets-heading">{t`Networks`}</h2>
      <div className={css.nets}>
        {nets.map((net) => (
          <Net key={net.name} net={net} />
        ))}
        {[...notes].map((note) => (
          <p key={note} className={css.quiet}>
            {note}
          </p>
        ))}
      </div>
    </section>
  );
}

const width = 300;
const tall = 40;

/** Layers as upright bars, their height the logarithm of their size; what lies between is every weight. */
function Net({ net }: { readonly net: NetShape }) {
  const { sizes, maps } = net;
  /** Of a layer; pictures as "14²·16", which is side² times channels. */
  const words = (size: number, i: number): string => {
    const of = maps?.[i];
    return of === undefined ? String(size) : `${of.side}²${of.channels > 1 ? `·${of.channels}` : ""}`;
  };
  const gap = sizes.length > 1 ? (width - 24) / (sizes.length - 1) : 0;
  // Six characters, of which each is about as wide as half its height, and room between.
  const letters = maps === undefined || gap === 0 ? undefined : { fontSize: Math.min(11, gap / 3.8) };
  const spoken = sizes.map((size, i) => {
    const of = maps?.[i];
    return of === undefined ? t`${size} units` : t`${of.channels} pictures of ${of.side} by ${of.side}`;
  });
  const largest = Math.log2(Math.max(2, ...sizes));
  const bar = (size: number): number => Math.max(3, (Math.log2(size + 1) / largest) * (tall - 4));
  return (
    <div className={css.net}>
      <p className={css.head}>
        <span>{t(net.name)}</span>
        <span className={css.quiet}>{t`${count(net.parameters)} parameters`}</span>
      </p>
      <svg
        viewBox={`0 0 ${width} ${tall + 16}`}
        role="img"
        aria-label={t`${t(net.name)}: layers of ${maps === undefined ? t`${sizes.join(", ")} units` : spoken.join(", ")}`}
      >
        {sizes.slice(1).map((size, i) => {
          const [left, right] = [12 + i * gap, 12 + (i + 1) * gap];
          const [a, b] = [bar(sizes[i]!) / 2, bar(size) / 2];
          const mid = tall / 2;
          return (
            <path
              key={i}
              d={`M${left} ${mid - a}L${right} ${mid - b}V${mid + b}L${left} ${mid + a}z`}
              fill="var(--line)"
              fillOpacity="0.6"
            />
          );
        })}
        {sizes.map((size, i) => (
          <g key={i}>
            <rect
              x={12 + i * gap - 1.5}
              y={(tall - bar(size)) / 2}
              width="3"
              height={bar(size)}
              rx="1"
              fill="var(--ink-2)"
            />
            <text x={12 + i * gap} y={tall + 13} textAnchor="middle" className={css.unit} style={letters}>
              {words(size, i)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
