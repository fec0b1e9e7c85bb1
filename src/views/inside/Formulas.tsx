import type { CSSProperties } from "react";
import { decimal, t } from "../../language/words.ts";
import type { ModelSeen } from "../../protocol/inside.ts";
import type { LabState } from "../../store/state.ts";
import { useLab } from "../context.ts";
import css from "./InsideView.module.css";

/** One summand of a loss, its sign in front, and what it comes to now; undefined where that isn't worked out. */
interface Term {
  readonly formula: string;
  readonly value: number | undefined;
}

interface Loss {
  /** Of the curve. */
  readonly name: string;
  readonly terms: readonly Term[];
}

/** What is minimised, as the paper writes it; a term is the stronger in colour, the more it weighs now. */
export function Formulas({ seen }: { readonly seen: ModelSeen }) {
  const latest = useLab(latestOf, same);
  return (
    <section className={css.layers} aria-label={t`Losses as formulas`}>
      <p>
        <b>{t`What is minimised.`}</b>
        {t` Below each term stands what it comes to now; the more it weighs in its loss, the stronger its colour.`}
      </p>
      <div className={css.formulas}>
        {lossesOf(seen, latest).map((loss) => (
          <Formula key={loss.name} loss={loss} />
        ))}
      </div>
    </section>
  );
}

function Formula({ loss: { name, terms } }: { readonly loss: Loss }) {
  const sum = terms.reduce((total, { value = 0 }) => total + Math.abs(value), 0);
  return (
    <div className={css.formula} role="group" aria-label={t`Loss: ${t(name)}`}>
      <span className={css.symbol}>{t(name)} =</span>
      {terms.map(({ formula, value }) => (
        <span
          key={formula}
          className={css.term}
          style={{ "--lit": value === undefined || sum === 0 ? 0 : Math.abs(value) / sum } as CSSProperties}
        >
          <span>{formula}</span>
          <span className={css.value}>
            {value === undefined ? "\u00a0" : decimal(value.toFixed(2).replace("-", "−"))}
          </span>
        </span>
      ))}
    </div>
  );
}

type Latest = Readonly<Record<string, number | undefined>>;

const latestOf = ({ training: { losses } }: LabState): Latest =>
  Object.fromEntries(Object.entries(losses.values).map(([name, values]) => [name, values.at(-1)]));
const same = (a: Latest, b: Latest): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((name) => a[name] === b[name]);

/** As the papers have them: see `models/adversarial.ts`, `vae.ts`, `diffusion.ts`, `ddgan.ts`. */
function lossesOf(seen: ModelSeen, latest: Latest): readonly Loss[] {
  switch (seen.kind) {
    case "adversary": {
      const { real, fake, fooled } = seen.terms;
      return seen.says === "chance"
        ? [
            {
              name: "discriminator",
              terms: [
                { formula: "−log D(x)", value: real },
                { formula: "− log(1 − D(G(z)))", value: fake },
                { formula: "+ γ/2 ‖∇D(x)‖²", value: undefined },
              ],
            },
            { name: "generator", terms: [{ formula: "−log D(G(z))", value: fooled }] },
          ]
        : [
            {
              name: "discriminator",
              terms: [
                { formula: "D(G(z))", value: fake },
                { formula: "− D(x)", value: real },
                { formula: "+ λ (‖∇D(x̂)‖ − 1)²", value: undefined },
              ],
            },
            { name: "generator", terms: [{ formula: "−D(G(z))", value: fooled }] },
          ];
    }
    case "latent":
      return [
        {
          name: "loss",
          terms: [
            { formula: "−log p(x | z)", value: latest["reconstruction"] },
            { formula: "+ β KL( q(z | x) ‖ N(0, 1) )", value: latest["KL"] },
          ],
        },
      ];
    case "noise":
      return [{ name: "loss", terms: [{ formula: "λ(σ) ‖D(x + σε; σ) − x‖²", value: latest["loss"] }] }];
    case "steps":
      return [
        {
          name: "discriminator",
          terms: [
            {
              formula: "−log D(xₜ, xₜ₊₁) − log(1 − D(x′ₜ, xₜ₊₁)) + γ/2 ‖∇D‖²",
              value: latest["discriminator"],
            },
          ],
        },
        { name: "generator", terms: [{ formula: "−log D(x′ₜ, xₜ₊₁)", value: latest["generator"] }] },
      ];
    default:
      seen satisfies never;
      return [];
  }
}
