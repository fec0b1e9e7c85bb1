/** A download, as it was asked for: fresh rows, rows with conditions, or the table with its gaps filled. */
import { random } from "../random/random.ts";
import { plural } from "../table/said.ts";
import { takeFilled } from "./filling.ts";
import type { Prepared } from "./preparing.ts";
import { fileName, type Sheet } from "./sheet.ts";
import type { Taking, Wanted } from "./taking.ts";
import { takeWished } from "./wishes.ts";

/**
 * @param sheet where the rows are written.
 * @throws Error in words where what is asked for can't be had.
 */
export function takeAway(prepared: Prepared, command: Wanted, sheet: Sheet): Taking {
  if (command.fill === true) return takeFilled(prepared, command, sheet);
  const { rows, conditions = [] } = command;
  return conditions.length === 0
    ? takeFresh(prepared, command, sheet)
    : takeWished(
        prepared,
        { ...command, conditions },
        sheet,
        noteOf(prepared),
        fileName(prepared.name, `synthetic-${rows}`),
      );
}

function takeFresh(prepared: Prepared, { rows, seed }: Wanted, sheet: Sheet): Taking {
  const source = random(seed).fork("decode");
  let asked = false;
  return {
    get made() {
      return sheet.rows;
    },
    of: rows,
    order() {
      if (asked) return undefined;
      asked = true;
      return { rows, seed };
    },
    add: (piece) => sheet.write(prepared.encoder.decode(piece, source)),
    finish: () => ({
      name: fileName(prepared.name, `synthetic-${rows}`),
      note: `${plural(sheet.rows, "synthetic row")} written.${noteOf(prepared)}`,
    }),
  };
}

/** Which columns are not in the file. */
function noteOf({ left }: Prepared): string {
  if (left.length === 0) return "";
  const some = left.slice(0, 5).join(", ") + (left.length > 5 ? " …" : "");
  return ` Left out, since ${left.length === 1 ? "it was" : "they were"} switched off: ${some}.`;
}
