import { useState } from "react";
import { t } from "../../language/words.ts";
import type { Budget } from "../../protocol/run.ts";
import type { RaceWish } from "../../store/race.ts";
import { useLab } from "../context.ts";
import { NumberBox } from "../kit/NumberBox.tsx";
import { choicesFor, ddganLine, usualRacers } from "./choices.ts";
import css from "./Race.module.css";

const usual = { steps: 500, seconds: 10 } as const;
const most = { steps: 100_000, seconds: 3_600 } as const;
const fewest = 2;
const places = 4;

/** Who races and for how long. */
export function RaceSetup({
  busy,
  onStart,
  onEnough,
  onCancel,
}: {
  readonly busy: boolean;
  readonly onStart: (wanted: RaceWish) => void;
  readonly onEnough: (() => void) | undefined;
  readonly onCancel: () => void;
}) {
  const setup = useLab((state) => state.setup);
  const choices = choicesFor(setup);
  const [chosen, setChosen] = useState<readonly string[]>(usualRacers);
  const [budget, setBudget] = useState<Budget>({ unit: "seconds", amount: usual.seconds });
  const [capped, setCapped] = useState(false);
  const [cap, setCap] = useState<number>(usual.steps);
  const [seeds, setSeeds] = useState(1);
  const specs = chosen.flatMap((key) => choices.find((choice) => choice.key === key)?.spec ?? []);
  const { unit, amount } = budget;
  const other = unit === "steps" ? "seconds" : "steps";

  return (
    <form
      className={css.setup}
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        const most = { unit: other, amount: cap } as const;
        onStart({ racers: specs, budget, ...(capped && { most }), ...(seeds > 1 && { seeds }) });
      }}
    >
      <fieldset className={css.picks} disabled={busy}>
        <legend className="visuallyHidden">{t`Racers`}</legend>
        {Array.from({ length: places }, (_, place) => (
          <select
            key={place}
            aria-label={t`Racer ${place + 1}`}
            value={chosen[place] ?? ""}
            onChange={({ target }) => {
              const next = [...chosen];
              next[place] = target.value;
              setChosen(next.filter((key) => key !== ""));
            }}
          >
            {place >= fewest && <option value="">{t`Nobody`}</option>}
            {(place > chosen.length ? [] : choices).map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        ))}
      </fieldset>
      <div className={css.controls}>
        <fieldset className={css.budget} disabled={busy}>
          <legend className="visuallyHidden">{t`Budget of each`}</legend>
          <NumberBox
            aria-label={t`${unit === "steps" ? t`Steps` : t`Seconds`} for each`}
            whole
            min={1}
            max={most[unit]}
            value={amount}
            onCommit={(next) => setBudget({ unit, amount: next })}
          />
          <select
            aria-label={t`Budget in`}
            value={unit}
            onChange={({ target }) => {
              const next = target.value as Budget["unit"];
              setBudget({ unit: next, amount: usual[next] });
              setCap(usual[next === "steps" ? "seconds" : "steps"]);
            }}
          >
            <option value="seconds">{t`seconds each`}</option>
            <option value="steps">{t`steps each`}</option>
          </select>
          <label className={css.cap}>
            <input type="checkbox" checked={capped} onChange={({ target }) => setCapped(target.checked)} />
            {t`and at most`}
          </label>
          {capped && (
            <>
              <NumberBox
                aria-label={t`At most so many ${t(other)}`}
                whole
                min={1}
                max={most[other]}
                value={cap}
                onCommit={setCap}
              />
              <span className={css.cap}>{t(other)}</span>
            </>
          )}
          <select
            aria-label={t`Seeds`}
            value={seeds}
            onChange={({ target }) => setSeeds(Number(target.value))}
          >
            {[1, 3, 5].map((many) => (
              <option key={many} value={many}>
                {many === 1 ? t`one seed` : t`${many} seeds`}
              </option>
            ))}
          </select>
        </fieldset>
        {busy ? (
          <>
            <button
              type="button"
              disabled={onEnough === undefined}
              onClick={onEnough}
            >{t`Stop and judge`}</button>
            <button type="button" onClick={onCancel}>{t`Cancel`}</button>
          </>
        ) : (
          <button type="submit" data-look="primary">{t`Start the race`}</button>
        )}
        {!busy && chosen.join() !== ddganLine.join() && (
          <button
            type="button"
            data-look="link"
            onClick={() => setChosen(ddganLine)}
          >{t`DDGAN from one step to diffusion`}</button>
        )}
        {!busy && chosen.join() !== usualRacers.join() && (
          <button
            type="button"
            data-look="link"
            onClick={() => setChosen(usualRacers)}
          >{t`The usual four`}</button>
        )}
      </div>
      <p
        className={css.quiet}
      >{t`The racers take turns in one worker, a twentieth of a second at a time, always whoever has had least: ${
        unit === "seconds"
          ? t`each gets the same time of the processor, however many cores there are.`
          : t`each takes as many steps, in whatever time they need.`
      } ${
        seeds > 1 &&
        t`Further seeds race after the first, on the same rows: they change weights and draws, and how much a figure owes to them. `
      }The lab’s own training pauses.`}</p>
    </form>
  );
}
