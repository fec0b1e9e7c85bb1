/** The Python of docs/onnx.md, as it stands there, where there is a Python with numpy. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { random } from "../random/random.ts";
import { decoderOf } from "./decoder.ts";
import { decode, type Cell } from "./testing/decode.ts";
import { mixture } from "./testing/mixture.ts";

const numpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

const drive = `
import json, numpy as np
from example import decode, noise
data = json.load(open("data.json", encoding="utf-8"))
rng = np.random.default_rng(1)
table = decode(np.array(data["rows"], np.float32), data["decoder"], rng)
shapes = {k: [v.shape, str(v.dtype)] for k, v in noise(data["decoder"], 5, rng).items()}
print(json.dumps({"table": {k: list(v) for k, v in table.items()}, "shapes": shapes}))
`;

it.skipIf(!numpy)("reads rows as the decoder is meant", () => {
  const block = /^```python\n(.*?)^```/msu.exec(readFileSync("docs/onnx.md", "utf8"));
  const folder = mkdtempSync(path.join(tmpdir(), "likeness-python-"));
  const at = (name: string): string => path.join(folder, name);
  try {
    for (const numeric of ["quantile", "standard", "minmax", "none"] as const) {
      const { encoder, train } = mixture(numeric);
      const rows = Array.from({ length: train.rows }, (_, row) =>
        train.values.subarray(row * train.width, (row + 1) * train.width),
      );
      const inputs = [
        { name: "normal", width: 3 },
        { name: "uniform", width: 2 },
        { name: "gumbel", width: 4 },
        { name: "condition", choices: [{ probability: 1, column: 0, is: { mode: 0 } }] },
      ] as const;
      const decoder = decoderOf("gan", inputs, encoder.state);
      writeFileSync(at("example.py"), block![1]!);
      writeFileSync(at("data.json"), JSON.stringify({ decoder, rows: rows.map((row) => [...row]) }));
      writeFileSync(at("drive.py"), drive);
      const { stdout, stderr } = spawnSync("python3", ["drive.py"], {
        cwd: folder,
        encoding: "utf8",
        maxBuffer: 1e8,
      });
      expect(stderr).toBe("");
      const { table, shapes } = JSON.parse(stdout) as { table: Record<string, Cell[]>; shapes: object };
      expect(shapes).toEqual({ normal: [[5, 3], "float32"], uniform: [[5, 2], "float32"], gumbel: [[5, 4], "float32"], condition: [[5], "int64"] }); // prettier-ignore
      const wanted = decode(decoder, rows, random(1));
      decoder.columns.forEach(({ name, outcomes }, c) => {
        const rare = outcomes.flatMap((outcome) => (outcome.kind === "among" ? outcome.values : []));
        table[name]!.forEach((cell, row) => {
          const other = wanted[c]![row]!;
          if (typeof cell === "number" && typeof other === "number") expect(cell).toBeCloseTo(other, 9);
          else if (typeof other === "string" && rare.includes(other)) expect(rare).toContain(cell);
          else expect(cell).toBe(other);
        });
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
