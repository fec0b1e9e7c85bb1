import { useCallback } from "react";
import { decimal, t } from "../../language/words.ts";
import type { InsideLook, LatentSeen, PlaneSeen } from "../../protocol/inside.ts";
import { drawMarks } from "../kit/scatter.ts";
import { Figure } from "./Figure.tsx";
import css from "./InsideView.module.css";
import { drawEllipses, drawLines } from "./paint.ts";
import { PlaneCanvas, type Paint } from "./PlaneCanvas.tsx";

/** Points that a hand's path is cut down to. */
const mostPoints = 24;
/** The least way between two of them. */
const apart = 0.15;

/** A VAE's latents: where rows lie, what each dimension says, and what becomes of the plane and of a path in it. */
export function Latent({
  seen,
  plane,
  look,
  onLook,
}: {
  readonly seen: LatentSeen;
  /** Undefined where rows are no points of a plane. */
  readonly plane: PlaneSeen | undefined;
  readonly look: InsideLook;
  readonly onLook: (look: InsideLook) => void;
}) {
  const { prior: drawnFrom, kl, dimensions, means, spreads, decoded, path } = seen;
  const normal = drawnFrom === "normal";
  const drawn = look.path;
  const coded = useCallback<Paint>(
    (context, p, colours) => {
      if (normal) drawEllipses(context, p, prior, priorReach, colours.ink3, 0.9);
      drawEllipses(context, p, means, spreads, colours.real, 0.16);
      drawMarks(context, p, means, "circle", colours.real);
      if (drawn && drawn.length > 3)
        drawLines(
          context,
          p,
          { across: drawn.length / 2, points: Float32Array.from(drawn) },
          colours.accent,
          {
            width: 2.5,
          },
        );
    },
    [normal, means, spreads, drawn],
  );
  const out = useCallback<Paint>(
    (context, p, colours) => {
      if (plane === undefined || decoded === undefined) return;
      drawMarks(context, p, plane.real, "circle", colours.real);
      drawLines(context, p, decoded, colours.synthetic, { alpha: 0.7 });
      if (path) drawLines(context, p, { across: path.length / 2, points: path }, colours.accent, { width: 2.5 }); // prettier-ignore
    },
    [plane, decoded, path],
  );
  const onPoint = (at: readonly [number, number], first: boolean): void => {
    const before = first ? [] : (drawn ?? []);
    const [lastX, lastY] = [before.at(-2), before.at(-1)];
    const near = lastX !== undefined && Math.hypot(at[0] - lastX, at[1] - lastY!) < apart;
    if (near || before.length >= 2 * mostPoints) return;
    onLook({ ...look, path: [...before, ...at] });
  };
  const used = kl.filter((nats) => nats > 0.01).length;
  const axis = (place: 0 | 1) => ({ label: t`latent ${dimensions[place] + 1}`, range });
  return (
    <>
      <Figure
        title={t`Where rows lie among the latents.`}
        words={t`Each dot is a training row, its ring how sure the encoder is. ${
          normal
            ? t`Grey rings: the prior that noise is drawn from, one and two deviations.`
            : t`Latents are drawn from Gaussians that are learned, to lie where these dots do.`
        }${plane === undefined ? "" : t` Draw a path with the pointer and see what becomes of it.`}`}
      >
        <PlaneCanvas
          x={axis(0)}
          y={axis(1)}
          paint={coded}
          description={t`Training rows among the latents ${dimensions[0] + 1} and ${dimensions[1] + 1}. ${used} of ${kl.length} dimensions are in use.`}
          {...(plane !== undefined && { onPoint })}
        />
        {plane !== undefined && (
          <p className={css.tools}>
            <button
              type="button"
              onClick={() => onLook({ ...look, path: between(means) })}
            >{t`Path between two rows`}</button>
            <button
              type="button"
              disabled={drawn === undefined}
              onClick={() => {
                const { path: _, ...rest } = look;
                onLook(rest);
              }}
            >{t`Clear the path`}</button>
          </p>
        )}
      </Figure>
      {plane !== undefined && decoded !== undefined && (
        <Figure
          title={t`What the decoder makes of that plane.`}
          words={t`The square net of latents, ±2.5, as rows. A path through it is the green line: points on the way from one row to another.`}
        >
          <PlaneCanvas
            x={plane.x}
            y={plane.y}
            paint={out}
            description={t`A square net of latents as the decoder lays it over the plane of rows.`}
          />
        </Figure>
      )}
      <Divergences kl={kl} normal={normal} />
    </>
  );
}

const range = [-3.2, 3.2] as const;
const prior = new Float32Array(4);
const priorReach = Float32Array.of(1, 1, 2, 2);

/** A straight path from the dot furthest left to the one furthest right, by way of nothing. */
function between(means: Float32Array): readonly number[] {
  let [left, right] = [0, 0];
  for (let i = 0; i < means.length; i += 2) {
    if (means[i]! < means[left]!) left = i;
    if (means[i]! > means[right]!) right = i;
  }
  return [means[left]!, means[left + 1]!, means[right]!, means[right + 1]!];
}

/** What each dimension says of a row, most first. */
function Divergences({ kl, normal }: { readonly kl: readonly number[]; readonly normal: boolean }) {
  const all = kl.map((nats, i) => ({ nats, i })).toSorted((a, b) => b.nats - a.nats).slice(0, 12); // prettier-ignore
  const most = Math.max(0.01, ...kl);
  return (
    <section className={css.divergences} aria-label={t`What each latent dimension says`}>
      <p>
        <b>{t`What each latent dimension says of a row`}</b>
        {t`, in nats${normal && t` of KL`}. Near 0 it has collapsed: the decoder does without it.`}
      </p>
      <ul>
        {all.map(({ nats, i }) => (
          <li key={i}>
            <span>{t`latent ${i + 1}`}</span>
            <span className={css.bar} style={{ inlineSize: `${(60 * nats) / most}%` }} aria-hidden="true" />
            <span>{decimal(nats.toFixed(2))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
