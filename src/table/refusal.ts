/** A file that can't be read. The message is for the person: what, where, and what to do. */
import { t } from "../language/words.ts";

export class CsvRefusal extends Error {
  override readonly name = "CsvRefusal";
}

/** The reading was stopped because `cancelled()` said so. */
export class CsvCancelled extends Error {
  override readonly name = "CsvCancelled";
  constructor() {
    super(t`Reading was cancelled.`);
  }
}
