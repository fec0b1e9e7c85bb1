import { count, decimal, t } from "../../language/words.ts";
import type { NetSeen } from "../../protocol/inside.ts";
import css from "./InsideView.module.css";

/** How strong signals and gradients are, layer by layer. */
export function Layers({ nets }: { readonly nets: readonly NetSeen[] }) {
  const all = nets.flatMap(({ layers }) => layers);
  const signals = all.flatMap(({ activation }) => activation ?? []);
  const gradients = all.flatMap(({ gradient }) => gradient ?? []);
  return (
    <section className={css.layers} aria-label={t`Signals and gradients by layer`}>
      <p>
        <b>{t`Signals and gradients, layer by layer`}</b>
        {t`, as root mean squares; bars are on a scale of powers of ten. A gradient that fades from the last layer to the first teaches the first ones nothing.`}
      </p>
      <div className={css.nets}>
        {nets.map((net) => (
          <table key={net.name}>
            <caption>{t(net.name)}</caption>
            <thead>
              <tr>
                <th scope="col">{t`Layer`}</th>
                <th scope="col">{t`Units`}</th>
                <th scope="col">{t`Signal`}</th>
                <th scope="col">{t`Gradient`}</th>
              </tr>
            </thead>
            <tbody>
              {net.layers.map(({ units, activation, gradient }, i) => (
                <tr key={i}>
                  <th scope="row">{i + 1}</th>
                  <td>{count(units)}</td>
                  <Measure value={activation} of={signals} />
                  <Measure value={gradient} of={gradients} />
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </section>
  );
}

/** Powers of ten that a bar spans at least. */
const leastDecades = 3;

function Measure({ value, of }: { readonly value: number | undefined; readonly of: readonly number[] }) {
  if (value === undefined) return <td>–</td>;
  const most = Math.max(...of);
  const least = Math.min(...of.filter((each) => each > 0));
  const decades = Math.max(leastDecades, Math.log10(most / least) + 1);
  const share = value > 0 ? Math.max(0, 1 - Math.log10(most / value) / decades) : 0;
  return (
    <td className={css.measure}>
      <span className={css.bar} style={{ inlineSize: `${100 * share}%` }} aria-hidden="true" />
      <span>{decimal(value.toPrecision(2))}</span>
    </td>
  );
}
