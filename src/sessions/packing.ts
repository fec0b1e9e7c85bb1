/** A trained model as one file that a browser can save: the graph and its decoder in a zip, or a run as JSON. */
import { strToU8, zipSync } from "fflate";
import type { EncoderState } from "../encode/encoder.ts";
import { t } from "../language/words.ts";
import { decoderOf } from "../onnx/decoder.ts";
import type { ExportedSampler } from "../onnx/export.ts";
import type { FromTrain } from "../protocol/port.ts";
import type { Prepared } from "./preparing.ts";
import { writeRun } from "./runFile.ts";
import { fileName } from "./sheet.ts";

export interface Packed {
  readonly file: Blob;
  readonly name: string;
  readonly note: string;
}

/** Any date will do, and the same model is to make the same file. */
const mtime = "2000-01-01T00:00:00";

/** @param source the table's name. @param encoder of the rows that the model learned from. */
export function packed(
  source: string,
  model: string,
  sampler: ExportedSampler,
  encoder: EncoderState,
): Packed {
  const decoder = decoderOf(model, sampler.inputs, encoder);
  const bytes = zipSync(
    {
      // Weights are as good as noise: there is nothing to press out of them.
      "model.onnx": [sampler.file, { level: 0 }],
      "model.decoder.json": strToU8(`${JSON.stringify(decoder)}\n`),
    },
    { mtime },
  );
  return {
    file: new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/zip" }),
    name: fileName(source, model, "zip"),
    note: t`Model exported. Its decoder holds values of the table: handle it as you do the table.`,
  };
}

/**
 * The run as `likeness train --save` writes it.
 *
 * @param shared what is shown of the run, packed.
 */
export function packedRun(
  { config, step, state }: Extract<FromTrain, { type: "stated" }>,
  { name, table, delimiter, encoder }: Pick<Prepared, "name" | "table" | "delimiter" | "encoder">,
  shared?: string,
): Packed {
  const run = { ...config, step, rows: table.rows, delimiter, encoder: encoder.state, state };
  return {
    file: new Blob([writeRun(run, shared)], { type: "application/json" }),
    name: fileName(name, config.model, "likeness.json"),
    note: t`Run saved. It holds values of the table: handle it as you do the table.`,
  };
}
