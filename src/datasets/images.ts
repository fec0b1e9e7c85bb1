/** Small grey images and their shape as a table: one row an image, one column a pixel. */
import type { Table } from "../table/table.ts";
import { categoryColumn, numberColumn } from "./column.ts";

export interface Images {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** One byte a pixel, row by row, image after image: `count * width * height` of them. */
  readonly pixels: Uint8Array;
  /** One class name an image, where known. */
  readonly labels?: readonly string[];
}

/**
 * Columns pixel0, pixel1, … of integers 0 to 255, after a category column
 * "label" where the images have classes: the layout that image CSVs use.
 */
export function imageTable({ width, height, count, pixels, labels }: Images): Table {
  const size = width * height;
  const columns = Array.from({ length: size }, (_, pixel) => {
    const values = new Float64Array(count);
    for (let image = 0; image < count; image++) values[image] = pixels[image * size + pixel]!;
    return numberColumn(`pixel${pixel}`, values, 0);
  });
  return { columns: labels ? [categoryColumn("label", labels), ...columns] : columns, rows: count };
}
