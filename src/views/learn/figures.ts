/** What lessons ask of the lab, read from its state; a figure that is not there yet is left out. */
import type { Figures } from "../../lessons/lesson.ts";
import { memorisation } from "../../store/rowFindings.ts";
import type { LabState } from "../../store/state.ts";

export function figuresOf(state: LabState): Figures {
  const { training, report, experiment } = state;
  const clusters = training.inspected?.clusters;
  const kl = training.losses.values["KL"]?.at(-1);
  const distance = training.scores.at(-1)?.distance;
  const dials = (training.dials?.look.dials ?? []).flatMap(({ name, measured }) =>
    "value" in measured ? [[name, measured.value] as const] : [],
  );
  const axes = (report.card?.axes ?? []).flatMap(({ name, measured }) =>
    "value" in measured ? [[`report.${name}`, measured.value] as const] : [],
  );
  return {
    step: training.step,
    ...(distance !== undefined && { distance }),
    ...(kl !== undefined && { kl }),
    ...(clusters && { modes: clusters.of - clusters.missed }),
    ...(report.card && { report: 1 }),
    ...(experiment.card && { verdict: 1 }),
    ...(memorisation(state) && { memorisation: 1 }),
    ...Object.fromEntries([...dials, ...axes]),
  };
}

/** Something was run: what a person predicted can be held against it. */
export const hasRun = ({ phase, training, experiment }: LabState): boolean =>
  (training.startedFrom !== undefined &&
    (phase === "finished" || (phase === "paused" && training.step > 0))) ||
  experiment.card !== undefined;
