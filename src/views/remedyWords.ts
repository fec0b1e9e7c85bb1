import { t } from "../language/words.ts";
import type { Remedy } from "../store/finding.ts";

/** What a remedy's button says: what it changes, and whether the run goes on or begins again. */
export const remedyWords = ({ label, goBack, budget, live }: Remedy): string =>
  goBack || budget ? label : t`${label} and ${live ? t`go on` : t`train again`}`;
