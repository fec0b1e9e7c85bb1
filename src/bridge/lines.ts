/** The two workers, joined by a channel of their own, so that rows pass between them and never through the page. */
import analysisUrl from "../../workers/analysis.worker.ts?worker&url";
import trainUrl from "../../workers/train.worker.ts?worker&url";
import type { AnalysisCommand, AnalysisEvent } from "../protocol/analysis.ts";
import type { TrainCommand, TrainEvent } from "../protocol/train.ts";
import { openLine, type Line } from "./worker.ts";

export interface Listeners {
  onTrain(event: TrainEvent): void;
  onAnalysis(event: AnalysisEvent): void;
  onTrainDeath(reason: string): void;
  onAnalysisDeath(reason: string): void;
}

export interface Lines {
  train(command: TrainCommand): void;
  analysis(command: AnalysisCommand): void;
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
  return {
    train: (command) => train.post(command),
    analysis: (command) => analysis.post(command),
    restartTrain: () => {
      train.terminate();
      train = openTrain();
    },
    lendRows: (port) => analysis.post({ type: "race", port }, [port]),
  };
}
