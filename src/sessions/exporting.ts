/** The trained model, as ONNX or as it is, on its way to the analysis worker, which knows how its rows are read. */
import type { Span } from "../encode/span.ts";
import { t } from "../language/words.ts";
import { exportSampler } from "../onnx/export.ts";
import type { ModelForm } from "../protocol/analysis.ts";
import type { FromTrain } from "../protocol/port.ts";
import { messageOf } from "./host.ts";
import type { Run } from "./run.ts";

/** What the rows are that a run learns from. */
export interface Learned {
  readonly spans: readonly Span[];
  /** Numbers in an encoded row. */
  readonly width: number;
}

export interface Exporting {
  ask(request: number, form: ModelForm): void;
  /** What was asked for is no longer wanted. */
  enough(request: number): void;
  readonly due: boolean;
  /** Answers what was asked. */
  give(run: Run | undefined, of: Learned | undefined): Promise<void>;
}

/** @param wasLost as `serving` has it. */
export function exporting(
  answer: (message: FromTrain, transfer?: Transferable[]) => void,
  wasLost: () => Promise<boolean>,
): Exporting {
  let asked: { readonly request: number; readonly form: ModelForm } | undefined;
  return {
    ask(request, form) {
      asked = { request, form };
    },
    enough(request) {
      if (asked?.request === request) asked = undefined;
    },
    get due() {
      return asked !== undefined;
    },
    async give(run, of) {
      if (asked === undefined) return;
      const { request, form } = asked;
      asked = undefined;
      try {
        if (run === undefined || of === undefined)
          throw new Error(
            t`There is no trained model to ${form === "onnx" ? t`export` : t`save`}. Press Train first.`,
          );
        const { model, settings, seed } = run.config;
        const { step } = run.trainer;
        const state = await run.trainer.state();
        if (form === "run") {
          answer({ type: "stated", request, config: { model, settings, seed }, step, state });
          return;
        }
        const sampler = exportSampler({ model, settings, ...of, state });
        answer({ type: "exported", request, model, sampler }, [sampler.file.buffer as ArrayBuffer]);
      } catch (error) {
        if (!(await wasLost())) answer({ type: "unsampled", request, message: messageOf(error) });
      }
    },
  };
}
