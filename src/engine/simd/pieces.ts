/** Stretches of rows, listed once and moved in every row: what `../fused/patches.ts` takes pictures apart with. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { patchesShape, unpatchShape } from "../patchForm.ts";
import type { PatchForm } from "../patchForm.ts";
import { f32x4, i32, increase, loop } from "./assembler.ts";
import type { Assembler, Code, Local } from "./assembler.ts";
import { sweep } from "./elementwise.ts";
import type { Access } from "./elementwise.ts";
import { address } from "./kernels.ts";
import type { Kernel } from "./kernels.ts";

/**
 * Adds copyPieces(table, pieces, row, rowBytes, patches, patchBytes, rows): of each row the pieces in the table, which
 * `patchForm.ts` describes, to their places among its patches; and addPieces(…), which adds them to where they came
 * from.
 */
export function definePieces(to: Assembler): void {
  const each = (name: string, body: (row: Local, patch: Local, access: Access) => Code): void => {
    to.define(name, new Array(7).fill("i32"), (parameters, local) => {
      const [table, pieces, row, rowBytes, patches, patchBytes, rows] = parameters as [
        Local,
        Local,
        Local,
        Local,
        Local,
        Local,
        Local,
      ];
      const [entry, left, inRow, inPatch, count] = Array.from({ length: 5 }, () => local("i32")) as [
        Local,
        Local,
        Local,
        Local,
        Local,
      ];
      const aim = (at: Local, base: Local, offset: number): Code =>
        at.set(i32.add(base.get, i32.shl(i32.load(entry.get, offset), i32.const(2))));
      return loop(rows.get, [
        entry.set(table.get),
        left.set(pieces.get),
        loop(left.get, [
          aim(inRow, row, 0),
          aim(inPatch, patches, 4),
          count.set(i32.load(entry.get, 8)),
          sweep(count, [inRow, inPatch], (access) => body(inRow, inPatch, access)),
          increase(entry, i32.const(12)),
          increase(left, i32.const(-1)),
        ]),
        increase(row, rowBytes.get),
        increase(patches, patchBytes.get),
        increase(rows, i32.const(-1)),
      ]);
    });
  };
  each("copyPieces", (row, patch, { load, store }) => store(patch.get, load(row.get)));
  each("addPieces", (row, patch, { load, store }) =>
    store(row.get, f32x4.add(load(row.get), load(patch.get))),
  );
}

const patches: Kernel = ({ backend, program, inputs, attributes }) => {
  const x = inputs["x"]!;
  const { form } = attributes as unknown as { form: PatchForm };
  const out = backend.makeOutput(patchesShape(x, form), "float32");
  const [from, to] = [address(backend, x), address(backend, out)];
  const all = form.positions * form.positions * form.patch;
  // Where the kernel reaches beyond the edge.
  program.floats(to, x.shape[0]! * all).fill(0);
  const table = address(backend, form.table);
  program.run.copyPieces(table, form.table.size / 3, from, 4 * form.width, to, 4 * all, x.shape[0]!);
  return out;
};

const unpatch: Kernel = ({ backend, program, inputs, attributes }): TensorInfo => {
  const x = inputs["x"]!;
  const { form } = attributes as unknown as { form: PatchForm };
  const shape = unpatchShape(x, form);
  const out = backend.makeOutput(shape, "float32");
  const [from, to] = [address(backend, x), address(backend, out)];
  const all = form.positions * form.positions * form.patch;
  program.floats(to, shape[0] * form.width).fill(0);
  const table = address(backend, form.table);
  program.run.addPieces(table, form.table.size / 3, to, 4 * form.width, from, 4 * all, shape[0]);
  return out;
};

export const pieceKernels: Readonly<Record<string, Kernel>> = { Patches: patches, Unpatch: unpatch };
