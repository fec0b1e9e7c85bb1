import { useCallback, useState } from "react";
import { decimal, t } from "../../language/words.ts";
import type { Failure } from "../../lessons/failure.ts";
import type { Finding } from "../../store/finding.ts";
import { findings } from "../../store/findings.ts";
import type { LabState } from "../../store/state.ts";
import { useActions, useLab } from "../context.ts";
import { remedyWords } from "../remedyWords.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import css from "./Learn.module.css";
import { Words } from "./Words.tsx";

const everyMs = 500;

/** What the detector of a failure says of the run that is on, and the two ways on: mended, or worse. */
export function FailureWatch({
  failure,
  set,
  worse,
  onMend,
}: {
  readonly failure: Failure;
  /** The lab stands as the step has it. */
  readonly set: boolean;
  /** The step that is open is the one that makes it worse. */
  readonly worse: boolean;
  /** A person takes the remedy. */
  readonly onMend: () => void;
}) {
  const { train, remedy: apply, study } = useActions();
  const phase = useLab((state) => state.phase);
  const look = useCallback((state: LabState) => JSON.stringify(lookAt(failure, state)), [failure]);
  const text = useLabSlowly(look, everyMs);
  const { found, figure, started } = JSON.parse(text) as Look;
  // Of the run that was mended: what it came to.
  const [before, setBefore] = useState<number>();
  const going = phase === "training" || phase === "paused";
  return (
    <div className={css.failure}>
      <p role="status">
        {!started
          ? t`Run it: about ${failure.seconds} s.`
          : before === undefined
            ? detectorWords(found !== undefined, going)
            : mendedWords(found !== undefined, going)}
      </p>
      {found && (
        <blockquote className={css.evidence}>
          <b>{found.title}.</b> {found.evidence}
        </blockquote>
      )}
      {before !== undefined && figure !== undefined && (
        <p>{t`${figureWords[failure.figure]}: ${figureText(failure, before)} before, ${figureText(failure, figure)} now.`}</p>
      )}
      {(found?.remedy ?? before !== undefined) && (
        <p className={css.quiet}>
          <Words text={failure.remedy} />
        </p>
      )}
      <div className={css.ways}>
        {!started && set && (
          <button type="button" disabled={phase !== "ready"} onClick={train}>{t`Run it`}</button>
        )}
        {found?.remedy && (
          <button
            type="button"
            onClick={() => {
              setBefore(figure);
              apply(found.remedy!);
              onMend();
            }}
          >{t`Mend it: ${remedyWords(found.remedy)}`}</button>
        )}
        {worse || before !== undefined ? (
          <button
            type="button"
            onClick={() => {
              setBefore(undefined);
              study({ lesson: failure.id, step: "seen" });
            }}
          >{t`As it was`}</button>
        ) : null}
        {!worse && (
          <button
            type="button"
            onClick={() => {
              setBefore(undefined);
              study({ lesson: failure.id, step: "worse" });
            }}
          >{t`Make it worse`}</button>
        )}
      </div>
    </div>
  );
}

function detectorWords(seen: boolean, going: boolean): string {
  if (seen) return t`The detector sees it.`;
  return going
    ? t`The detector has not seen it yet; it gives a run its time.`
    : t`The run has ended, and the detector has not seen it.`;
}

function mendedWords(seen: boolean, going: boolean): string {
  if (seen) return t`With the remedy the detector still sees it.`;
  return going
    ? t`The remedy is at work; the detector sees nothing so far.`
    : t`With the remedy the detector sees nothing.`;
}

interface Look {
  readonly found?: Pick<Finding, "title" | "evidence" | "remedy">;
  readonly figure?: number;
  readonly started: boolean;
}

function lookAt({ finding, figure }: Failure, state: LabState): Look {
  const { training } = state;
  const found = findings(state).find(({ id }) => id === finding);
  const value = figure === "nearer" ? training.inspected?.memory?.nearer : training.scores.at(-1)?.distance;
  return {
    started: training.startedFrom !== undefined,
    ...(found && { found }),
    ...(value !== undefined && { figure: value }),
  };
}

const figureWords: Record<Failure["figure"], string> = {
  distance: t`Distance to held-out rows`,
  nearer: t`Rows nearer to a training row than to any held-out one`,
};

const figureText = ({ figure }: Failure, value: number): string =>
  figure === "nearer" ? `${decimal((100 * value).toFixed(0))} %` : decimal(value.toFixed(3));
