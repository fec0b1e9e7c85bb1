/** Why something that was shared can't be opened, as a sentence for the person who was sent it. */
import { t } from "../language/words.ts";

export class ShareRefusal extends Error {}

export const tooLong = (): ShareRefusal =>
  new ShareRefusal(
    t`The link is longer than 64 kB, more than Likeness writes, so it was not read. Ask for the run's file instead.`,
  );

export const damaged = (): ShareRefusal =>
  new ShareRefusal(
    t`The link was changed or cut off on its way, so it was not read. Ask for it again, or for the run's file.`,
  );

export const newer = (): ShareRefusal =>
  new ShareRefusal(
    t`The link was made by a newer Likeness, so it was not read. Reload this page, or ask where it was made.`,
  );

/** @param place the first thing that is wrong, as a path; "" where all of it is. */
export const foreign = (place: string): ShareRefusal =>
  new ShareRefusal(
    t`The link holds something that Likeness does not write${place === "" ? "" : t` (at ${place})`}, so it was not read.`,
  );
