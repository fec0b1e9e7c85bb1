/** Independent standard normals: the data of the textbook GAN and VAE examples. */
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { numberColumn } from "./column.ts";

/** `rows` vectors of `width` numbers in columns v1, v2, …, four decimals each. */
export function makeGaussian(rows: number, width: number, random: Random): Table {
  return {
    columns: Array.from({ length: width }, (_, column) =>
      numberColumn(
        `v${column + 1}`,
        Array.from({ length: rows }, () => random.normal()),
        4,
      ),
    ),
    rows,
  };
}
