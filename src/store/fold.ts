/**
 * State is a fold over what the workers say. Pure: no clock, no worker, no DOM,
 * so every story of the page can be told in a test as a list of events.
 */
import { modelCards } from "../catalog/models.ts";
import { count, t } from "../language/words.ts";
import type { AnalysisEvent, Frame, Scene } from "../protocol/analysis.ts";
import type { RunState, TrainEvent } from "../protocol/train.ts";
import { noCourse } from "./course.ts";
import { noExperiment } from "./experiment.ts";
import { append, noLosses, upTo } from "./losses.ts";
import {
  dialsOf,
  measured,
  noReplay,
  replayedViews,
  rewound,
  seen,
  type Figures,
  type Seen,
} from "./replay.ts";
import { noRuns } from "./runs.ts";
import { defaultSetup, type Setup } from "./setup.ts";
import type { LabState, Notice, Phase, ReportState, StageState, TrainingState } from "./state.ts";

/** Scores that are drawn: a second apart, ten minutes of them. */
const mostScores = 600;

export const untrained = (run: number): TrainingState => ({
  run,
  starting: false,
  step: 0,
  kept: undefined,
  elapsed: 0,
  stepsPerSecond: 0,
  orders: undefined,
  losses: noLosses(),
  scores: [],
  best: undefined,
  moments: [],
  replay: noReplay,
  inspected: undefined,
  inside: undefined,
  dials: undefined,
  diverged: undefined,
  nets: [],
  objectives: [],
  carried: undefined,
  startedFrom: undefined,
});

export const emptyStage: StageState = {
  scenes: {},
  frames: {},
  shown: undefined,
  rings: {},
  moment: undefined,
  fitting: undefined,
};

export const noReport: ReportState = {
  status: "idle",
  share: 0,
  doing: "",
  drawing: false,
  card: undefined,
  of: undefined,
};

export function initialState(setup: Setup = defaultSetup): LabState {
  return {
    phase: "loading",
    setup,
    backend: undefined,
    data: { status: "empty", reading: undefined, summary: undefined, prepared: undefined },
    training: untrained(0),
    origins: { last: undefined, file: undefined, shown: false },
    stage: emptyStage,
    download: { status: "idle", note: "" },
    report: noReport,
    experiment: noExperiment,
    course: noCourse,
    runs: noRuns,
    riddle: undefined,
    raceShown: false,
    presenting: false,
    stopEarly: false,
    status: t`Starting…`,
    alert: undefined,
  };
}

export const modelName = (id: string): string => modelCards.find((card) => card.id === id)?.name ?? id;

const phaseOf: Record<RunState, Phase> = {
  training: "training",
  paused: "paused",
  finished: "finished",
  stopped: "ready",
  diverged: "paused",
};

function statusOf(state: LabState, event: Extract<TrainEvent, { type: "state" }>): string {
  const name = modelName((state.training.startedFrom ?? state.setup).model);
  switch (event.state) {
    case "training":
      return t`Training ${name}…`;
    case "paused":
      return t`Paused at step ${count(event.step)}.`;
    case "finished":
      return event.step === 0 ? t`${name} is fitted.` : t`Finished at step ${count(event.step)}.`;
    case "stopped":
      return t`Ready.`;
    case "diverged":
      return t`Stopped at step ${count(event.step)}: training diverged.`;
    default:
      event.state satisfies never;
      return "";
  }
}

export function foldTrain(state: LabState, event: TrainEvent): LabState {
  if ("run" in event && event.run !== state.training.run) return state; // a retired run's last words
  switch (event.type) {
    case "backend":
      return {
        ...state,
        backend: { name: event.backend, adapter: event.adapter, reason: event.reason, laps: event.laps },
      };
    case "started":
      return {
        ...state,
        training: {
          ...state.training,
          starting: false,
          nets: event.nets,
          objectives: event.objectives,
          step: event.from,
          carried: event.carried,
          losses: upTo(state.training.losses, event.from),
        },
      };
    case "kept":
      return { ...state, training: { ...state.training, kept: event.step } };
    case "returned": {
      const { training } = state;
      return {
        ...state,
        stage: { ...state.stage, moment: undefined },
        training: {
          ...training,
          step: event.step,
          elapsed: event.elapsed,
          losses: upTo(training.losses, event.step),
          scores: training.scores.filter(({ step }) => step <= event.step),
          replay: rewound(training.replay, event.step),
          best: training.best && training.best.step <= event.step ? training.best : undefined,
          moments: training.moments.filter((step) => step <= event.step),
          // What was seen of its rows since holds no more.
          inspected: undefined,
          dials: undefined,
        },
      };
    }
    case "state":
      return {
        ...state,
        phase: phaseOf[event.state],
        training: {
          ...state.training,
          step: event.step,
          diverged:
            event.state === "diverged"
              ? (event.message ?? "")
              : event.state === "training"
                ? undefined
                : state.training.diverged,
        },
        status: statusOf(state, event),
        alert:
          event.state === "diverged" && event.message !== undefined
            ? { message: event.message, detail: "" }
            : state.alert,
      };
    case "progress":
      return {
        ...state,
        training: {
          ...state.training,
          step: event.step,
          elapsed: event.elapsed,
          stepsPerSecond: event.stepsPerSecond,
          orders: event.orders,
          losses: append(state.training.losses, event.losses),
        },
      };
    case "inside":
      return { ...state, training: { ...state.training, inside: event.seen } };
    case "alive":
      return state;
    case "failed":
      return failed(state, event);
    default:
      event satisfies never;
      return state;
  }
}

const untrainable = t`Training is not possible.`;

function failed(state: LabState, notice: Notice & { readonly fatal: boolean }): LabState {
  const { message, detail } = notice;
  return {
    ...state,
    training: { ...state.training, starting: false },
    phase: notice.fatal ? "error" : state.phase === "training" ? "paused" : state.phase,
    // What went wrong is in the alert, which stays; said twice it reads like two faults.
    status: notice.fatal ? untrainable : t`That did not work; the message says why.`,
    alert: { message, detail },
  };
}

const withScene = (stage: StageState, scene: Scene): StageState => ({
  ...stage,
  scenes: { ...stage.scenes, [scene.view]: scene },
  fitting: scene.view === "umap" ? undefined : stage.fitting,
});

const withFrame = (stage: StageState, frame: Frame): StageState => ({
  ...stage,
  frames: { ...stage.frames, [frame.view]: frame },
});

/** The run, with what this frame shows of it laid by where it is of a view that is replayed. */
function watched({ training, data, stage }: LabState, frame: Frame): TrainingState {
  const held = replayedViews(data.prepared?.views ?? []).some((view) => view === frame.view);
  const { images } = stage.scenes;
  const look: Seen | undefined =
    frame.view === "rows" || !held
      ? undefined
      : frame.view !== "images"
        ? frame
        : images && { ...frame, size: images.width * images.height };
  return look ? { ...training, replay: seen(training.replay, look, figuresOf(training)) } : training;
}

/** What was last said of the run, about when a frame shows it. */
function figuresOf({ losses, scores, dials }: TrainingState): Figures {
  const score = scores.at(-1);
  const last = Object.entries(losses.values).map(([name, values]) => [name, values.at(-1) ?? NaN] as const);
  return {
    losses: Object.fromEntries(last),
    ...(score && { distance: score.distance, distanceAt: score.step }),
    ...(dials && { dials: dialsOf(dials.look), dialsAt: dials.step }),
  };
}

export function foldAnalysis(state: LabState, event: AnalysisEvent): LabState {
  const { data } = state;
  const current = data.prepared?.data;
  switch (event.type) {
    case "reading":
      return {
        ...state,
        data: { ...data, status: "reading", reading: { share: event.share, rows: event.rows } },
        status: t`Reading: ${count(event.rows)} rows so far…`,
      };
    case "opened":
      return {
        ...state,
        data: { ...data, status: "preparing", reading: undefined },
        status: event.said,
      };
    case "refused":
      return {
        ...backToTable(state),
        status: t`That data could not be opened; the previous table stays.`,
        alert: { message: event.message, detail: "" },
      };
    case "cancelled":
      return { ...backToTable(state), status: t`Reading cancelled; the previous table stays.` };
    case "prepared":
      return {
        ...state,
        phase: usable(state),
        data: {
          status: "ready",
          reading: undefined,
          summary: event.summary,
          prepared: {
            data: event.data,
            trainRows: event.trainRows,
            holdoutRows: event.holdoutRows,
            width: event.width,
            views: event.views,
            ...(event.question && { question: event.question }),
          },
        },
        stage: emptyStage,
        origins: { ...state.origins, last: event.lastRun },
        status:
          state.phase === "error"
            ? untrainable
            : t`${event.summary.said}. ${count(event.trainRows)} rows to learn from, ${count(event.holdoutRows)} held out.`,
        report: noReport,
        experiment: noExperiment,
      };
    case "unprepared":
      return {
        ...state,
        phase: usable(state),
        data: {
          status: event.summary === undefined ? "empty" : "ready",
          reading: undefined,
          summary: event.summary,
          prepared: undefined,
        },
        stage: emptyStage,
        status: event.message,
        alert: { message: event.message, detail: "" },
      };
    case "scene":
      return event.data === current ? { ...state, stage: withScene(state.stage, event.scene) } : state;
    case "fitting":
      return event.data === current ? { ...state, stage: { ...state.stage, fitting: event.share } } : state;
    case "frame":
      return event.data === current && event.frame.run === state.training.run
        ? { ...state, stage: withFrame(state.stage, event.frame), training: watched(state, event.frame) }
        : state;
    case "scored": {
      const { training } = state;
      if (event.data !== current || event.run !== training.run) return state;
      const { step, distance } = event;
      const scores = [...training.scores, { step, distance }].slice(-mostScores);
      const replay = measured(training.replay, step, { distance, distanceAt: step });
      return { ...state, training: { ...training, scores, replay } };
    }
    case "best":
      return event.data === current && event.run === state.training.run
        ? { ...state, training: { ...state.training, best: { step: event.step, distance: event.distance } } }
        : state;
    case "moments":
      return event.data === current && event.run === state.training.run
        ? { ...state, training: { ...state.training, moments: event.steps } }
        : state;
    case "checkpoint":
      return state;
    case "runRead": {
      const { name, step } = event.run;
      const status = t`${name} is read, a run of ${modelName(event.run.model)} after ${count(step)} steps.`;
      return { ...state, origins: { ...state.origins, file: event.run }, status };
    }
    case "runRefused":
    case "unlent":
      return { ...state, status: event.message, alert: { message: event.message, detail: "" } };
    case "inspected": {
      const { data: of, run, type: _, ...inspected } = event;
      return of === current && run === state.training.run
        ? { ...state, training: { ...state.training, inspected } }
        : state;
    }
    case "rings": {
      const { view, real, synthetic } = event;
      const { stage } = state;
      return event.data === current && stage.shown !== undefined
        ? { ...state, stage: { ...stage, rings: { ...stage.rings, [view]: { real, synthetic } } } }
        : state;
    }
    case "dials": {
      const { step, look } = event;
      const { training } = state;
      if (event.data !== current || event.run !== training.run) return state;
      const replay = measured(training.replay, step, { dials: dialsOf(look), dialsAt: step });
      return { ...state, training: { ...training, dials: { step, look }, replay } };
    }
    case "reporting": {
      const { share, doing, drawing } = event;
      return { ...state, report: { ...state.report, status: "working", share, doing, drawing } };
    }
    case "reported":
      return event.data === current
        ? {
            ...state,
            report: { ...state.report, status: "idle", drawing: false, card: event.card },
            status: t`The quality report is ready.`,
          }
        : state;
    case "unreported": {
      const said = event.message ?? t`The report was cancelled.`;
      return {
        ...state,
        report: { ...state.report, status: "idle", drawing: false },
        status: said,
        alert: event.message === undefined ? state.alert : { message: event.message, detail: "" },
      };
    }
    case "reportSaved":
      return { ...state, status: t`Saved as ${event.name}.` };
    case "downloading":
      return {
        ...state,
        download: {
          status: "working",
          note: t`Making rows: ${count(event.rows)} of ${count(event.of)}. Training waits meanwhile.`,
        },
      };
    case "downloaded":
      return { ...state, download: { status: "done", note: event.note }, status: event.note };
    case "undownloaded":
      return {
        ...state,
        download: { status: "idle", note: "" },
        alert: { message: event.message, detail: "" },
        status: event.message,
      };
    case "riddle": {
      const { riddle } = event;
      return state.riddle?.request === riddle.request ? { ...state, riddle: { request: riddle.request, riddle } } : state; // prettier-ignore
    }
    case "noRiddle": {
      const { request, message: why } = event;
      return state.riddle?.request === request ? { ...state, riddle: { request, why } } : state;
    }
    case "alive":
      return state;
    case "failed":
      return failed(state, event);
    default:
      event satisfies never;
      return state;
  }
}

/** Where nothing can train, opening another table does not change that. */
const usable = ({ phase }: LabState): Phase => (phase === "error" ? "error" : "ready");

/** After a refusal or a cancel: as if nothing had been opened. */
function backToTable(state: LabState): LabState {
  return {
    ...state,
    data: {
      ...state.data,
      status: state.data.summary === undefined ? "empty" : "ready",
      reading: undefined,
    },
  };
}
