/** The analysis worker: a shell around `sessions/analysis`. */
import type { AnalysisCommand, AnalysisEvent } from "../src/protocol/analysis.ts";
import { analysisSession } from "../src/sessions/analysis.ts";
import { shell } from "./shell.ts";

shell<AnalysisCommand, AnalysisEvent>(analysisSession);
