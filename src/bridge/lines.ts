/** The workers, joined by a channel of their own, so that rows pass between them and never through the page. */
import analysisUrl from "../../workers/analysis.worker.ts?worker&url";
import experimentUrl from "../../workers/experiment.worker.ts?worker&url";
import trainUrl from "../../workers/train.worker.ts?worker&url";
import type { AnalysisCommand, AnalysisEvent } from "../protocol/analysis.ts";
import type { ExperimentCommand, ExperimentEvent } from "../protocol/experiment.ts";
import type { TrainCommand, TrainEvent } from "../protocol/train.ts";
import { openLine, type Line } from "./worker.ts";

export interface Listeners {
  onTrain(event: TrainEvent): void;
  onAnalysis(event: AnalysisEvent): void;
  onExperiment(event: ExperimentEvent): void;
  onTrainDeath(reason: string): void;
  onAnalysisDeath(reason: string): void;
  onExperimentDeath(reason: string): void;
}

export interface Lines {
  train(command: TrainCommand): void;
  analysis(command: AnalysisCommand): void;
  /** To a worker that is started for the first such command, and anew where it was lost. */
  experiment(command: ExperimentCommand): void;
  /** A fresh train worker beside the same table; the analysis worker sends it the rows again. */
  restartTrain(): void;
  /** Has the analysis worker send the prepared table to whoever holds the port's other end. */
  lendRows(port: MessagePort): void;
}

export function openLines(listeners: Listeners): Lines {
  const analysis = openLine<AnalysisCommand, AnalysisEvent>({
    url: analysisUrl,
    name: "analysis",
    onEvent: listeners.onAnalysis,
    onDeath: listeners.onAnalysisDeath,
  });
  const openTrain = (): Line<TrainCommand, TrainEvent> => {
    const line = openLine<TrainCommand, TrainEvent>({
      url: trainUrl,
      name: "train",
      onEvent: listeners.onTrain,
      onDeath: listeners.onTrainDeath,
    });
    const { port1, port2 } = new MessageChannel();
    line.post({ type: "connect", port: port1 }, [port1]);
    analysis.post({ type: "connect", port: port2 }, [port2]);
    return line;
  };
  let train = openTrain();
  let experiment: Line<ExperimentCommand, ExperimentEvent> | undefined;
  const openExperiment = (): Line<ExperimentCommand, ExperimentEvent> => {
    const line = openLine<ExperimentCommand, ExperimentEvent>({
      url: experimentUrl,
      name: "experiment",
      onEvent: listeners.onExperiment,
      onDeath: (reason) => {
        experiment = undefined;
        listeners.onExperimentDeath(reason);
      },
    });
    const { port1, port2 } = new MessageChannel();
    line.post({ type: "connect", port: port1 }, [port1]);
    analysis.post({ type: "connectExperiment", port: port2 }, [port2]);
    return line;
  };
  return {
    train: (command) => train.post(command),
    analysis: (command) => analysis.post(command),
    experiment: (command) => (experiment ??= openExperiment()).post(command),
    restartTrain: () => {
      train.terminate();
      train = openTrain();
    },
    lendRows: (port) => analysis.post({ type: "race", port }, [port]),
  };
}
