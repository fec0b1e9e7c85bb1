/**
 * Island birds: 400 sightings of three species in a made-up archipelago. Body
 * measures are near those of the real species, the rest is invented. What a model
 * has to find:
 *
 * - species decides almost everything: three clusters, and puffins are the rarer one;
 * - within a species the measures rise together (a big bird is big all over), males differ a little;
 * - island and habitat follow the species; Gull Rock is a rare island;
 * - sex is missing most for puffins, which look alike; bills are missing most on Skerra, which lacked callipers until 2022;
 * - dates keep to the species' season, and an early first sighting makes a ring likelier.
 */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { day, newYear } from "./calendar.ts";
import { booleanColumn, categoryColumn, dateColumn, numberColumn } from "./column.ts";

interface Species {
  readonly name: string;
  readonly share: number;
  /** Mean and standard deviation. */
  readonly wing: readonly [number, number];
  readonly bill: readonly [number, number];
  readonly weight: readonly [number, number];
  /** Males over females, in standard deviations. */
  readonly male: number;
  /** Weights of clutches of one, two, … eggs. */
  readonly clutch: readonly number[];
  /** Weights in the order of `islands` and `habitats`. */
  readonly island: readonly number[];
  readonly habitat: readonly number[];
  readonly sexUnknown: number;
  /** Middle of the season as day of the year, and its spread in days. */
  readonly season: readonly [number, number];
}

const islands = ["Holm", "Skerra", "Northay", "Gull Rock"] as const;
const habitats = ["shore", "cliff", "meadow"] as const;

const species: readonly Species[] = [
  {
    name: "tern",
    share: 0.48,
    wing: [272, 7],
    bill: [32, 1.5],
    weight: [106, 7],
    male: 0.5,
    clutch: [0.2, 0.68, 0.12],
    island: [0.55, 0.3, 0.12, 0.03],
    habitat: [0.78, 0.02, 0.2],
    sexUnknown: 0.035,
    season: [162, 20],
  },
  {
    name: "plover",
    share: 0.37,
    wing: [133, 4],
    bill: [14.2, 0.8],
    weight: [63, 4.5],
    male: -0.3,
    clutch: [0, 0.05, 0.25, 0.7],
    island: [0.25, 0.1, 0.63, 0.02],
    habitat: [0.45, 0, 0.55],
    sexUnknown: 0.005,
    season: [120, 22],
  },
  {
    name: "puffin",
    share: 0.15,
    wing: [161, 4.5],
    bill: [29.5, 1.4],
    weight: [394, 26],
    male: 1,
    clutch: [1],
    island: [0.08, 0.8, 0.06, 0.06],
    habitat: [0.03, 0.85, 0.12],
    sexUnknown: 0.16,
    season: [140, 16],
  },
];

const years = [2020, 2021, 2022, 2023, 2024] as const;
/** More eyes each year. */
const yearShares = [0.1, 0.15, 0.2, 0.25, 0.3] as const;

function callipersMissing(island: string, year: number): boolean {
  return island === "Skerra" && year < 2022;
}

/** `rows` sightings in random order. */
export function makeBirds(rows: number, random: Random): Table {
  const shares = species.map(({ share }) => share);
  const birds = Array.from({ length: rows }, () => {
    const kind = species[random.pick(shares)]!;
    const male = random.uniform() < 0.5;
    // Measures share a size factor: correlations of .64 within a species and sex.
    const size = 0.8 * random.normal() + (male ? kind.male / 2 : -kind.male / 2);
    const measure = ([mean, spread]: readonly [number, number]): number =>
      mean + spread * (size + 0.6 * random.normal());
    const island = islands[random.pick(kind.island)]!;
    const year = years[random.pick(yearShares)]!;
    const date = newYear(year) + day * Math.round(kind.season[0] - 1 + kind.season[1] * random.normal());
    const seasonsAgo = 2024 - year;
    const bill = measure(kind.bill);
    return {
      species: kind.name,
      island,
      habitat: habitats[random.pick(kind.habitat)]!,
      wing: measure(kind.wing),
      bill: random.uniform() < (callipersMissing(island, year) ? 0.35 : 0.01) ? Number.NaN : bill,
      weight: measure(kind.weight),
      clutch: 1 + random.pick(kind.clutch),
      sex: random.uniform() < kind.sexUnknown ? undefined : male ? "male" : "female",
      date,
      ringed: random.uniform() < 0.15 + 0.18 * seasonsAgo,
    };
  });
  const of = <K extends keyof (typeof birds)[number]>(key: K) => birds.map((bird) => bird[key]);
  return {
    columns: [
      categoryColumn("species", of("species")),
      categoryColumn("island", of("island")),
      categoryColumn("habitat", of("habitat")),
      numberColumn("wing_mm", of("wing"), 0),
      numberColumn("bill_mm", of("bill"), 1),
      numberColumn("weight_g", of("weight"), 0),
      numberColumn("clutch", of("clutch"), 0),
      categoryColumn("sex", of("sex")),
      dateColumn("first_seen", of("date")),
      booleanColumn("ringed", of("ringed")),
    ],
    rows,
  };
}
