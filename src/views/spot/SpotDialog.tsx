import { useState, type ReactNode } from "react";
import { count, decimal, t } from "../../language/words.ts";
import type { Riddle } from "../../protocol/riddle.ts";
import { aucOfChances, aucOfMarks, luck } from "../../store/riddle.ts";
import { useActions, useLab } from "../context.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { percent } from "../kit/format.ts";
import { RoleMark } from "../kit/Icon.tsx";
import { SpotImage } from "./SpotImage.tsx";
import css from "./SpotDialog.module.css";

/** Ten rows, five of them synthetic: a person marks those, and sees how they did beside trees and beside chance. */
export function SpotDialog() {
  const riddle = useLab((state) => state.riddle);
  const { askRiddle, closeRiddle } = useActions();
  return (
    <Dialog title={t`Spot the fake`} onClose={closeRiddle} wide>
      {riddle?.riddle ? (
        <Marking key={riddle.request} riddle={riddle.riddle} />
      ) : (
        <>
          <p role="status" className={css.words}>
            {riddle?.why ?? t`Drawing ten rows, and teaching trees with others…`}
          </p>
          {riddle?.why !== undefined && (
            <p>
              <button type="button" onClick={askRiddle}>{t`Ask again`}</button>
            </p>
          )}
        </>
      )}
    </Dialog>
  );
}

function Marking({ riddle }: { readonly riddle: Riddle }) {
  const { askRiddle } = useActions();
  const [marks, setMarks] = useState<readonly boolean[]>(() => riddle.synthetic.map(() => false));
  const [shown, setShown] = useState(false);
  const made = riddle.synthetic.filter(Boolean).length;
  const mark = (row: number): void => setMarks(marks.map((marked, i) => (i === row ? !marked : marked)));
  const words = (row: number): string => t`Row ${row + 1} is synthetic`;
  const box = (row: number) => (
    <input
      type="checkbox"
      aria-label={words(row)}
      checked={marks[row]!}
      disabled={shown}
      onChange={() => mark(row)}
    />
  );
  const truth = (row: number) =>
    shown && (
      <span className={css.truth} data-right={marks[row] === riddle.synthetic[row]}>
        <RoleMark role={riddle.synthetic[row] === true ? "synthetic" : "real"} />
        {riddle.synthetic[row] === true ? t`synthetic` : t`real`}
      </span>
    );
  return (
    <>
      <p className={css.words}>
        {shown
          ? t`This is how it was, at step ${count(riddle.step)}.`
          : t`${made} of these ${riddle.synthetic.length} are synthetic, of step ${count(riddle.step)}. Mark them.`}
      </p>
      <div className={css.scroll}>
        {riddle.rows.kind === "cells" ? (
          <Cells rows={riddle.rows} box={box} truth={shown ? truth : undefined} />
        ) : (
          <ul className={css.images}>
            {riddle.synthetic.map((_, row) => (
              <li key={row}>
                <SpotImage rows={riddle.rows} row={row} />
                <label>
                  {box(row)} {row + 1}
                </label>
                {truth(row)}
              </li>
            ))}
          </ul>
        )}
      </div>
      {shown && <Score riddle={riddle} marks={marks} />}
      <p className={css.ways}>
        {!shown && (
          <button type="button" data-look="primary" onClick={() => setShown(true)}>{t`Show which`}</button>
        )}
        <button type="button" onClick={askRiddle}>{t`Ten others`}</button>
      </p>
    </>
  );
}

function Cells({
  rows: { header, numeric, cells },
  box,
  truth,
}: {
  readonly rows: Extract<Riddle["rows"], { kind: "cells" }>;
  readonly box: (row: number) => ReactNode;
  readonly truth: ((row: number) => ReactNode) | undefined;
}) {
  return (
    <table className={css.cells}>
      <thead>
        <tr>
          <th scope="col">{t`Synthetic?`}</th>
          {truth && <th scope="col">{t`It is`}</th>}
          {header.map((name, c) => (
            <th key={c} scope="col" data-number={numeric[c] ? "" : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cells.map((row, r) => (
          <tr key={r}>
            <td>{box(r)}</td>
            {truth && <td>{truth(r)}</td>}
            {row.map((cell, c) => (
              <td key={c} data-number={numeric[c] ? "" : undefined}>
                {cell === "" ? <span className={css.missing}>{t`missing`}</span> : cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A person's marks, the trees' and chance, as one figure each. */
function Score({ riddle, marks }: { readonly riddle: Riddle; readonly marks: readonly boolean[] }) {
  const { synthetic, chances, trees } = riddle;
  const yours = aucOfMarks(marks, synthetic);
  const theirs = aucOfChances(chances, synthetic);
  const chance = luck(marks, synthetic);
  return (
    <div role="status" className={css.score}>
      <dl>
        <div>
          <dt>{t`You`}</dt>
          <dd>{decimal(yours.toFixed(2))}</dd>
        </div>
        <div>
          <dt>{t`Boosted trees`}</dt>
          <dd>{decimal(theirs.toFixed(2))}</dd>
        </div>
        <div>
          <dt>{t`Guessing`}</dt>
          <dd>0.50</dd>
        </div>
      </dl>
      <p
        className={css.words}
      >{t`AUC: 1 tells all apart, 0.5 none. Whoever marks as many rows blindly does as well in ${percent(Math.round(100 * chance) / 100)} of cases: ten rows say little.${
        Number.isFinite(trees.auc) &&
        t` Among ${count(trees.rows)} other rows the trees reach ${decimal(trees.auc.toFixed(2))}.`
      }`}</p>
    </div>
  );
}
