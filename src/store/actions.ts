/** What a person can do. Views call these and nothing else; `app/` supplies them. */
import type { ExperimentChoice } from "../catalog/experiments.ts";
import type { DatasetId } from "../catalog/datasets.ts";
import type { ModelId } from "../catalog/card.ts";
import type { SettingValue } from "../catalog/setting.ts";
import type { ModelForm, NumericTransform, Shown, StageView, TableSummary } from "../protocol/analysis.ts";
import type { Shift } from "../protocol/experiment.ts";
import type { ReportQuestion } from "../protocol/report.ts";
import type { InsideLook } from "../protocol/inside.ts";
import type { Budget } from "../protocol/run.ts";
import type { Condition } from "../table/condition.ts";
import type { Remedy } from "./finding.ts";
import type { LessonPlace } from "./course.ts";
import type { Race, RaceWish } from "./race.ts";
import type { ColumnChoice, Setup } from "./setup.ts";
import type { Moment } from "./state.ts";

export interface DownloadOptions {
  readonly rows: number;
  readonly escapeFormulas: boolean;
  /** What the rows are to be like. */
  readonly conditions?: readonly Condition[];
  /** Instead of new rows: the table itself, its gaps filled. */
  readonly fill?: boolean;
  /** Instead of rows the model: as ONNX, with how its rows are read, or as a saved run. */
  readonly model?: ModelForm;
  /** What is shown of a saved run, packed; it stands in front of the file. */
  readonly shared?: string;
}

export interface RunActions {
  rename(id: string, name: string): void;
  pin(id: string, pinned: boolean): void;
  drop(id: string): void;
  /** Shows its replay. */
  open(id: string): void;
  /** Keeps runs on this device from now on; off deletes what is kept. */
  setRemembered(on: boolean): void;
  /** Deletes all runs, kept or not. */
  forget(): void;
  /** Goes on with the run that was cut off; with its table's files where those are not kept. */
  resume(files?: readonly File[]): void;
  /** It won't be gone on with. */
  discard(): void;
}

/** Whether a table has the columns that are wanted; undefined where that can't be told. */
export type TableCheck = (table: TableSummary) => Promise<boolean | undefined>;

/** A run to be done again, or a race: each racer's setup, and what they have in common beside it. */
export interface Again {
  readonly setups: readonly Setup[];
  readonly race?: Pick<RaceWish, "seeds" | "most">;
}

export interface Actions {
  // data
  pickDataset(id: DatasetId): void;
  openFiles(files: readonly File[]): void;
  openText(text: string, name: string): void;
  /** Points within [-1, 1], [x0, y0, x1, y1, …]. */
  openDrawing(points: readonly number[]): void;
  cancelReading(): void;
  chooseColumn(name: string, choice: ColumnChoice): void;
  setHoldout(share: number): void;
  setNumeric(transform: NumericTransform): void;
  setMissingMarks(marks: readonly string[]): void;
  // experiment
  setModel(model: ModelId): void;
  setSetting(key: string, value: SettingValue): void;
  /** Back to the model's defaults. */
  resetSettings(): void;
  /** One of catalog/presets. */
  applyPreset(id: string): void;
  /** What the next run begins with; another run's model and settings come along. */
  startFrom(weights: Setup["weights"]): void;
  /** A file that `likeness train --save` made, to start from. */
  openRun(file: File): void;
  /** The rows that the last run learned from, beside these. */
  showSource(shown: boolean): void;
  setSeed(seed: number): void;
  setBudget(budget: Budget): void;
  setSpeed(stepsPerSecond: number): void;
  // training
  /** Starts; restarts where a change needs it; resumes where paused. */
  train(): void;
  pause(): void;
  /** One step of everything, or of one objective ("discriminator", "generator"). */
  step(objective?: string): void;
  reset(): void;
  /** Back to a step whose weights are held, or to the one whose rows were nearest to the holdout; paused. */
  goBack(step?: number): void;
  /** The stage shows how the run was; undefined for how it is. */
  lookBack(moment: Moment | undefined): void;
  setStopEarly(on: boolean): void;
  // watching
  setView(view: StageView): void;
  /** Rings the points that a finding is about, in a view of points; undefined for none. */
  show(shown: Shown | undefined): void;
  /** Does what a finding says may help. */
  remedy(remedy: Remedy): void;
  /** Looks inside the model from now on, so; undefined for no longer. */
  lookInside(look: InsideLook | undefined): void;
  setPair(pair: readonly [number, number]): void;
  /** Views that other panels show besides the stage (rows, columns); stage frames come anyway. */
  watch(views: readonly StageView[]): void;
  // judging
  /** Draws rows and judges them; training waits while they are drawn. */
  makeReport(question: ReportQuestion): void;
  cancelReport(): void;
  /** The report as a page of its own, with or without rows of the table. */
  saveReport(withRows: boolean): void;
  /** Tries whether synthetic rows help; the chosen model makes them, trained anew. */
  tryExperiment(choice: ExperimentChoice): void;
  /** One of catalog/experiments: its data, model and choices, and off it goes. */
  tryCase(id: string): void;
  cancelExperiment(): void;
  /** The last experiment with its test rows weighed; no shifts for the rows as they are. */
  shiftTest(shifts: readonly Shift[]): void;
  // taking away
  download(options: DownloadOptions): void;
  /** What is being made is no longer wanted. */
  cancelDownload(): void;
  /** Copies the link; resolves to it. */
  share(): Promise<string>;
  /** Does again what a shared result did: its data are opened and its setup is trained, or several race. */
  runShared(again: Again): void;
  /** The same with a table of a person's own, which trains if `check` finds the columns of the result's; otherwise it says so and waits. */
  runSharedOn(again: Again, files: readonly File[], check: TableCheck): void;
  /** Where models race on the table that is prepared; its code comes when it is first asked for. */
  race(): Promise<Race>;
  // learning
  /** Opens a step and sets the lab as it says, unless that would close a table of the person's own; undefined closes the lesson. */
  study(place: LessonPlace | undefined): void;
  /** Sets the lab as the open step says, whatever is there. */
  setLab(): void;
  /** After a lesson: sets the lab as it was before (the usual lab where nothing was), or leaves it and forgets how it was. */
  setBack(wanted: boolean): void;
  /** What a person expects of the open step: the place of an option. */
  predict(option: number): void;
  /** The open step's goal is reached. */
  reachGoal(): void;
  /** Leaves a teacher's task: all controls are there again. */
  leaveTask(): void;
  /** What can be done with runs that were made, and with what is kept of them. */
  readonly runs: RunActions;
  /** Asks for ten rows to tell apart, other ones each time. */
  askRiddle(): void;
  closeRiddle(): void;
  /** The race's dialog is opened or closed; a race goes on behind it. */
  showRace(open: boolean): void;
  /** The stage alone, for a projector. */
  present(on: boolean): void;
  dismiss(): void;
}
