/** An entry of the failure gallery: a lesson of two steps, as it goes wrong and made worse, and what is to be seen there. */
import type { Finding } from "../store/finding.ts";
import type { Lesson, Step } from "./lesson.ts";

export interface Failure extends Lesson {
  /** What the lab says once it sees it. */
  readonly finding: Finding["id"];
  /** What tells that it is mended: the distance to held-out rows, or the share of rows that lie nearer to training rows. */
  readonly figure: "distance" | "nearer";
  /** Why its remedy helps. */
  readonly remedy: string;
  readonly steps: readonly [Step & { readonly id: "seen" }, Step & { readonly id: "worse" }];
  /** A run of the first step takes about so long on two busy cores, s. */
  readonly seconds: number;
}
