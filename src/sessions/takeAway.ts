/** A download, as it was asked for: fresh rows, rows with conditions, or the table with its gaps filled. */
import { openEncoder, type Encoder, type EncoderState } from "../encode/encoder.ts";
import { plural, t } from "../language/words.ts";
import { random } from "../random/random.ts";
import { takeFilled } from "./filling.ts";
import { knownFrom, type Known } from "./known.ts";
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
  const [note, name] = [noteOf(prepared), fileName(prepared.name, `synthetic-${rows}`)];
  return conditions.length === 0
    ? takeFresh(prepared.encoder, command, sheet, note, name)
    : takeWished(knownOf(prepared), { ...command, conditions }, sheet, note, name);
}

/**
 * The same from a model that was saved without its rows.
 * @throws Error in words where what is asked for can't be had.
 */
export function takeFromSaved(state: EncoderState, command: Wanted, sheet: Sheet): Taking {
  const { conditions = [] } = command;
  const name = "synthetic.csv";
  return conditions.length === 0
    ? takeFresh(openEncoder(state), command, sheet, "", name)
    : takeWished(knownFrom(state), { ...command, conditions }, sheet, "", name);
}

const knownOf = ({ encoder, table, split: { train } }: Prepared): Known => ({
  encoder,
  table,
  train,
  joint: true,
});

/** @param source what decoding draws from. */
export function takeFresh(
  encoder: Encoder,
  { rows, seed }: Wanted,
  sheet: Sheet,
  note: string,
  name: string,
  source = random(seed).fork("decode"),
): Taking {
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
    add: (piece) => sheet.write(encoder.decode(piece, source)),
    finish: () => ({ name, note: t`${plural(sheet.rows, "synthetic row")} written.${note}` }),
  };
}

/** Which columns are not in the file. */
function noteOf({ left }: Prepared): string {
  if (left.length === 0) return "";
  const some = left.slice(0, 5).join(", ") + (left.length > 5 ? " …" : "");
  return t` Left out, since ${left.length === 1 ? t`it was` : t`they were`} switched off: ${some}.`;
}
