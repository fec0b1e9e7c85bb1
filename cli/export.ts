/** `likeness export`: a model that was kept, as ONNX and how to read its rows. */
import path from "node:path";
import { openEncoder } from "../src/encode/encoder.ts";
import { Unfit } from "../src/models/state.ts";
import { decoderOf } from "../src/onnx/decoder.ts";
import { exportSampler, type ExportedSampler } from "../src/onnx/export.ts";
import { RunRefusal, type SavedRun } from "../src/sessions/runFile.ts";
import type { Export } from "./arguments.ts";
import { checkOutput, openOutput, whole } from "./files.ts";
import { named, openSaved } from "./saved.ts";
import { done, Misuse, type Terminal } from "./terminal.ts";

/** @throws Misuse, or Error in words. */
export async function exportRun(asked: Export, terminal: Terminal): Promise<number> {
  const { out, force } = asked;
  const beside = `${out.replace(/\.onnx$/i, "")}.decoder.json`;
  for (const file of [out, beside]) {
    if (path.resolve(file) === path.resolve(asked.run))
      throw new Misuse(`${file} is the saved run; name another file to write.`);
    checkOutput(file, force);
  }
  const run = await openSaved(asked.run, terminal);
  const { file: graph, inputs } = await named(asked.run, async () => samplerOf(run));
  const decoder = `${JSON.stringify(decoderOf(run.model, inputs, run.encoder))}\n`;
  for (const [file, content] of [
    [out, graph],
    [beside, decoder],
  ] as const) {
    const output = openOutput(file, terminal);
    await whole(output, () => output.write(content));
  }
  if (!asked.quiet)
    terminal.say(`Wrote ${out}, and to ${beside} how its rows are read; that holds values of the table.\n`);
  return done;
}

function samplerOf({ model, settings, encoder, state }: SavedRun): ExportedSampler {
  const { spans, width } = openEncoder(encoder);
  try {
    return exportSampler({ model, settings, spans, width, state });
  } catch (error) {
    if (error instanceof Unfit) throw new RunRefusal(`is damaged: ${error.message}`);
    throw error;
  }
}
