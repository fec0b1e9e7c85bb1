/** One key for each action on stage: what it says, and what it does to the lab as it stands. */
import { t } from "../../language/words.ts";
import type { StageView } from "../../protocol/analysis.ts";
import type { Actions } from "../../store/actions.ts";
import { placeOf } from "../../store/replay.ts";
import { changesSince } from "../../store/setup.ts";
import type { LabState } from "../../store/state.ts";

export interface Key {
  /** As `KeyboardEvent.key` has it, in lower case. */
  readonly key: string;
  /** As it stands on the keyboard. */
  readonly cap: string;
  readonly words: string;
  press(actions: Actions, state: LabState): void;
}

function turnView(by: number, actions: Actions, { data, setup }: LabState): void {
  const views = data.prepared?.views ?? [];
  const at = Math.max(0, views.indexOf(setup.view ?? views[0]!));
  const next: StageView | undefined = views[(at + by + views.length) % views.length];
  if (next !== undefined) actions.setView(next);
}

/** The look before or after the one on stage; the newest is now. */
function turnMoment(by: number, actions: Actions, { training, stage }: LabState): void {
  const { looks } = training.replay;
  const last = looks.length - 1;
  const at = (stage.moment ? placeOf(training.replay, stage.moment.step) : last) + by;
  if (at >= last) actions.lookBack(undefined);
  else if (looks[Math.max(0, at)]) actions.lookBack({ ...stage.moment, step: looks[Math.max(0, at)]!.step });
}

export const keys: readonly Key[] = [
  {
    key: " ",
    cap: "Space",
    words: t`train or pause`,
    press(actions, { phase, training, setup, data }) {
      const waits =
        training.startedFrom !== undefined && changesSince(training.startedFrom, setup).length > 0;
      if (phase === "training" && !waits) actions.pause();
      else if (data.prepared !== undefined && phase !== "loading" && phase !== "error") actions.train();
    },
  },
  {
    key: "s",
    cap: "S",
    words: t`one step`,
    press: (actions, { data }) => data.prepared && actions.step(),
  },
  { key: "r", cap: "R", words: t`reset`, press: (actions) => actions.reset() },
  { key: "v", cap: "V", words: t`next view`, press: (actions, state) => turnView(1, actions, state) },
  {
    key: "arrowleft",
    cap: "←",
    words: t`earlier`,
    press: (actions, state) => turnMoment(-1, actions, state),
  },
  { key: "arrowright", cap: "→", words: t`later`, press: (actions, state) => turnMoment(1, actions, state) },
  {
    key: "b",
    cap: "B",
    words: t`best step`,
    press: (actions, { training }) => training.best && actions.lookBack({ step: training.best.step }),
  },
  {
    key: "c",
    cap: "C",
    words: t`compare with the first`,
    press(actions, { training, stage }) {
      const { looks } = training.replay;
      const step = stage.moment?.step ?? looks.at(-1)?.step;
      if (step === undefined) return;
      actions.lookBack(stage.moment?.against === undefined ? { step, against: looks[0]!.step } : { step });
    },
  },
  { key: "n", cap: "N", words: t`now`, press: (actions) => actions.lookBack(undefined) },
];
