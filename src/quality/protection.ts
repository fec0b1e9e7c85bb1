/**
 * How well the training rows are protected: the privacy axis's parts, each
 * beside what rows of the holdout do. None is a proof, and none is differential privacy.
 */
import { auc } from "../downstream/scores.ts";
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { partOf, type Part } from "./axes.ts";
import { baselineProtection, type BaselineProtection } from "./baseline.ts";
import { draws, shareDraws } from "./bootstrap.ts";
import { figureOf, type Compared, type Question } from "./compared.ts";
import { nearestRows, type Nearest } from "./distance.ts";
import { disclosure, type Disclosure } from "./disclosure.ts";
import { numericalInference } from "./inference.ts";
import type { Measured, Uncomputable } from "./measured.ts";
import { membership, membershipProtection } from "./membership.ts";
import { distanceRatio, nearness, type ClosePair, type KnownNear, type Nearness } from "./nearness.ts";
import { newRows } from "./newRows.ts";
import { copiesOf, knownRows, shareProtection, type DcrShare } from "./privacy.ts";
import { thinned } from "./references.ts";

export interface Protection {
  readonly parts: readonly Part[];
  readonly share: DcrShare | Uncomputable;
  /** ½ private. */
  readonly membershipAuc: Measured;
  /** Share of rows that equal a training row: synthetic ones, and those of the holdout. */
  readonly copies: Measured;
  readonly holdoutCopies: Measured;
  /** Mean nearest-neighbour distance ratio of synthetic and of holdout rows. */
  readonly nndr: Measured;
  readonly holdoutNndr: Measured;
  readonly newRows: Measured;
  readonly baseline: BaselineProtection | Uncomputable;
  /** Row numbers are those of the tables that were handed in. */
  readonly closest: readonly ClosePair[];
  readonly disclosure: Disclosure | Uncomputable;
  readonly holdoutDisclosure: Disclosure | Uncomputable;
  readonly numericalInference: Measured;
}

/** Synthetic rows whose nearest training rows are searched, and rows that they are searched among; work grows with the product. */
const MOST_ROWS = 10_000;
const NOISE_ROWS = 1_000;
/** Pairs that are listed for a person to look at. */
const CLOSEST = 20;

/** The two nearest training rows of each row that is held out, for those who ask about many tables beside the same ones. */
export function* holdoutNear(train: Table, holdout: Table): Work<Nearest | undefined> {
  if (train.rows < 2 || holdout.rows === 0 || holdout.rows > MOST_ROWS) return undefined;
  return yield* nearestRows(holdout, few(train), 2);
}

const few = (table: Table): Table => (table.rows <= MOST_ROWS ? table : first(table, MOST_ROWS));

/** @param known what `holdoutNear` found of these rows. @throws TypeError where the tables' columns differ in kind. */
export function* protection(
  { train, holdout, synthetic }: Compared,
  { key = [], sensitive = [], random }: Question,
  known: KnownNear = {},
): Work<Protection> {
  const [from, held, made] = [few(train), few(holdout), few(synthetic)];
  const near = yield* part(nearness(made, from, held, CLOSEST, known), 0, 0.5);
  const attack = yield* part(membership(made, from, held, random.fork("membership")), 0.5, 0.7);
  const noise = yield* part(
    baselineProtection(from, thinned(made, NOISE_ROWS, random.fork("noise rows")), random.fork("noise")),
    0.7,
    0.85,
  );
  const fresh = yield* part(newRows(from, made), 0.85, 0.93);
  const attackedAgain =
    "why" in attack
      ? undefined
      : yield* part(
          draws(attack.scores.length, random.fork("attacked again"), (rows) =>
            membershipProtection(
              auc(
                Float64Array.from(rows, (row) => attack.scores[row]!),
                rows.map((row) => attack.members[row]!),
              ),
            ),
          ),
          0.93,
          0.96,
        );
  const distance = yield* part(distancePart(near, random), 0.96, 0.98);
  yield 0.98;
  const trained = knownRows(train);
  yield 0.982;
  const copies = shareOf(copiesOf(synthetic, trained));
  yield 0.985;
  const usual = shareOf(copiesOf(holdout, trained));
  yield 0.99;
  const secrets = disclosureParts({ train, holdout, synthetic }, key, sensitive);
  yield 0.995;
  const inference = numericalInference(train, synthetic, key, sensitive);
  yield 1;
  const nearest = "why" in near ? undefined : near;
  return {
    parts: [
      partOf(
        "dcr",
        figureOf(nearest?.share ?? (near as Uncomputable), "protection"),
        shareDrawsOf(nearest, made, random),
      ),
      partOf("membership", figureOf(attack, "protection"), attackedAgain),
      copiesPart(copies, usual, synthetic, random),
      distance,
      ...secrets.parts,
    ],
    share: nearest?.share ?? (near as Uncomputable),
    membershipAuc: figureOf(attack, "auc"),
    copies,
    holdoutCopies: usual,
    nndr: figureOf(near, "nndr"),
    holdoutNndr: figureOf(near, "holdoutNndr"),
    newRows: fresh,
    baseline: noise,
    closest: nearest?.closest ?? [],
    disclosure: secrets.synthetic,
    holdoutDisclosure: secrets.holdout,
    numericalInference: inference,
  };
}

/** The first rows, so that their numbers stay theirs. */
function first(table: Table, rows: number): Table {
  return {
    rows,
    columns: table.columns.map((column) =>
      "values" in column
        ? { ...column, values: column.values.slice(0, rows) }
        : { ...column, codes: column.codes.slice(0, rows) },
    ),
  };
}

const shareOf = (share: number): Measured =>
  Number.isNaN(share) ? { why: t`There are no rows to compare.` } : { value: share };

function shareDrawsOf(
  near: Nearness | undefined,
  { rows }: Table,
  random: Question["random"],
): readonly number[] | undefined {
  if (near === undefined) return undefined;
  const { share, neutral } = near.share;
  return shareDraws(share, rows, random.fork("shares")).map((drawn) => shareProtection(drawn, neutral));
}

/** Where holdout rows equal training rows too, as in a table of few columns, a copy as frequent is no leak. */
function copiesPart(copies: Measured, usual: Measured, { rows }: Table, random: Question["random"]): Part {
  if ("why" in copies || "why" in usual) return partOf("copies", "why" in copies ? copies : usual);
  if (usual.value === 1)
    return partOf("copies", {
      why: t`Every holdout row equals a training row: this table is too plain for copies to say anything.`,
    });
  const protect = (share: number): number => 1 - Math.max(0, share - usual.value) / (1 - usual.value);
  return partOf(
    "copies",
    { value: protect(copies.value) },
    shareDraws(copies.value, rows, random.fork("copies")).map(protect),
  );
}

function* distancePart(near: Nearness | Uncomputable, random: Question["random"]): Work<Part> {
  if ("why" in near) return partOf("distance", near);
  const value = distanceRatio(near.toTrain, near.holdoutToTrain);
  if (Number.isNaN(value))
    return partOf("distance", {
      why: t`Most holdout rows equal a training row, so their distance gives no measure.`,
    });
  const again = yield* draws(near.toTrain.length, random.fork("distances"), (rows) =>
    distanceRatio(
      Float64Array.from(rows, (row) => near.toTrain[row]!),
      near.holdoutToTrain,
    ),
  );
  return partOf("distance", { value }, again);
}

/** The look-up in synthetic rows beside the same in the holdout: what the population gives away is not the model's doing. */
function disclosureParts(
  { train, holdout, synthetic }: Compared,
  key: readonly string[],
  sensitive: readonly string[],
): { parts: readonly Part[]; synthetic: Disclosure | Uncomputable; holdout: Disclosure | Uncomputable } {
  const made = disclosure(train, synthetic, key, sensitive, "generalized");
  const held =
    holdout.rows === 0
      ? { why: t`No rows were held out to look the same up in.` }
      : disclosure(train, holdout, key, sensitive, "generalized");
  if (key.length === 0 || sensitive.length === 0) return { parts: [], synthetic: made, holdout: held };
  return { parts: [partOf("disclosure", excess(made, held))], synthetic: made, holdout: held };
}

/** 1 where synthetic rows give no more away than the holdout does, down to 0 where they give all away and the holdout nothing. */
function excess(made: Disclosure | Uncomputable, held: Disclosure | Uncomputable): Measured {
  if ("why" in made) return made;
  if ("why" in held) return held;
  if (made.baseline === 0)
    return { why: t`The sensitive columns have one value, so there is nothing to give away.` };
  const more = Math.max(0, held.protection - made.protection);
  return { value: Math.max(0, 1 - more / made.baseline) };
}
