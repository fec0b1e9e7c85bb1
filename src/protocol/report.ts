/**
 * The report as whoever shows it gets it: plain data with its words, so that a
 * panel, a file and a terminal say the same. Made by `sessions/reportCard`.
 */
import type { Groups } from "../generalise/groups.ts";
import type { Limit } from "../generalise/limit.ts";
import type { AxisName, PartName } from "../quality/parts.ts";
import type { Measured } from "../quality/measured.ts";
import type { Standing } from "../quality/standing.ts";
import type { ColumnType } from "../table/table.ts";
import type { Histogram } from "../table/histogram.ts";

/** What is asked of the rows: names of columns. */
export interface ReportQuestion {
  /** The column to predict. */
  readonly target?: string;
  /** What an attacker knows of a person, and what they are after. */
  readonly key: readonly string[];
  readonly sensitive: readonly string[];
}

/** A question that was guessed from the columns, with a sentence that says how. */
export interface GuessedQuestion extends ReportQuestion {
  readonly said: string;
}

/** A figure, 0 to 1 and 1 best, beside the same of three tables whose worth is known. */
export interface Beside {
  readonly measured: Measured;
  /** Standard deviation over bootstrap resamples. */
  readonly spread?: number;
  readonly holdout: Measured;
  readonly independent: Measured;
  readonly copy: Measured;
}

export interface PartCard extends Beside {
  readonly name: PartName;
  readonly label: string;
  /** What it means and what moves it. */
  readonly sentence: string;
}

export interface AxisCard extends Beside {
  readonly name: AxisName;
  readonly label: string;
  readonly sentence: string;
  readonly combined: "mean" | "minimum";
  /** Undefined where there is no figure. */
  readonly standing?: Standing;
  /** The same in words. */
  readonly verdict: string;
  readonly parts: readonly PartCard[];
}

export interface ColumnCard {
  readonly name: string;
  readonly type: ColumnType;
  /** KS of numbers and dates, TV of categories: 0 (alike) to 1; of synthetic and of holdout rows. */
  readonly measure: "ks" | "tv";
  readonly error: Measured;
  readonly holdout: Measured;
  readonly missing: { readonly real: number; readonly synthetic: number };
  readonly coverage: Measured;
  readonly validity: Measured;
  /** Of the training rows, and the synthetic ones in the same bins. */
  readonly histogram: Histogram;
  readonly counts: readonly number[];
  readonly others: number;
}

export interface PairCard {
  readonly columns: readonly [string, string];
  readonly measure: "correlation" | "contingency";
  /** 0 (alike) to 1. */
  readonly error: Measured;
  readonly holdout: Measured;
  /** Pearson's correlation of two numbers, else Cramér's V; null where there is none. */
  readonly real: number | null;
  readonly synthetic: number | null;
  /** Where rows lie, of the worst pairs only. */
  readonly cells?: PairCells;
}

/** Shares of rows by cell, row-major [rows.length, columns.length]; names of the first column's cells stand at the rows. */
export interface PairCells {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
}

/** Symmetric, row-major [columns, columns]; null where there is no figure. */
export interface MatrixCard {
  readonly columns: readonly string[];
  readonly real: readonly (number | null)[];
  readonly synthetic: readonly (number | null)[];
}

export interface MissingCard {
  /** Columns with a gap on either side, and their shares. */
  readonly columns: readonly { readonly name: string; readonly real: number; readonly synthetic: number }[];
  /** Which of those columns are missing together, most frequent first, with the share of rows. */
  readonly patterns: readonly {
    readonly gaps: readonly boolean[];
    readonly real: number;
    readonly synthetic: number;
  }[];
}

/** Synthetic rows nearest to a training row, side by side; cells in the table's own spelling. */
export interface ClosestCard {
  readonly columns: readonly string[];
  readonly pairs: readonly {
    readonly synthetic: readonly string[];
    readonly train: readonly string[];
    /** 0 (equal) to 1, and that to the nearest holdout row. */
    readonly distance: number;
    readonly toHoldout: number;
  }[];
}

export interface LearnerCard {
  readonly name: string;
  /** "AUC", "accuracy", "macro-F1" or "R²", "RMSE". */
  readonly figures: readonly { readonly name: string; readonly real: number; readonly synthetic: number }[];
}

export type GroupsCard = Groups;
export type LimitCard = Limit;

/** A figure that is on no axis: its sentence says how to read it. */
export interface FigureCard extends Beside {
  readonly label: string;
  readonly sentence: string;
}

export interface ReportCard {
  readonly report: 1;
  /** The table's name. */
  readonly table: string;
  /** What made the synthetic rows, e.g. "Masked diffusion, step 2,000"; absent where only rows are known. */
  readonly made?: string;
  readonly rows: { readonly train: number; readonly holdout: number; readonly synthetic: number };
  readonly question: ReportQuestion;
  readonly axes: readonly AxisCard[];
  /** Worst first. */
  readonly columns: readonly ColumnCard[];
  readonly pairs: readonly PairCard[];
  readonly matrix: MatrixCard;
  readonly missing: MissingCard;
  readonly closest: ClosestCard;
  readonly learners: readonly LearnerCard[];
  readonly importances: readonly {
    readonly column: string;
    readonly real: number;
    readonly synthetic: number;
  }[];
  readonly groups: readonly GroupsCard[];
  readonly figures: readonly FigureCard[];
  /** What these rows can't do, in this report's own numbers; in the order of the topics. */
  readonly limits: readonly LimitCard[];
}

/** Cheap figures while a model learns, each 0 to 1 and 1 best, beside as many holdout rows'. */
export interface DialsLook {
  readonly rows: number;
  readonly dials: readonly {
    readonly name: "shape" | "trend" | "told" | "near";
    readonly label: string;
    readonly sentence: string;
    readonly measured: Measured;
    readonly holdout: Measured;
  }[];
}
