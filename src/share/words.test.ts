import { describe, expect, it } from "vitest";
import { setupFor } from "../store/setup.ts";
import { citationOf } from "./citation.ts";
import { markdownOf } from "./markdown.ts";
import { race } from "./testing/anyResult.ts";

describe("figures as Markdown", () => {
  it("have a column a run and as many cells in every line", () => {
    const lines = markdownOf(race(4, { looks: 0 }))
      .split("\n")
      .filter((line) => line.startsWith("|"));
    expect(lines[0]).toBe("|  | GAN | VAE | Diffusion | DDGAN, T = 4 |");
    for (const line of lines.filter((_, i) => i !== 1)) expect(line.match(/(?<!\\)\|/gu)).toHaveLength(6);
    expect(lines).toContain("| Groups of rows missed | 0 of 25 | 1 of 25 | 2 of 25 | 3 of 25 |");
    expect(lines.some((line) => line.startsWith("| Fidelity |"))).toBe(true);
  });

  it("keep a name from ending a cell or becoming markup", () => {
    const result = race(1, { looks: 0 });
    const columns = [{ type: "number", place: 0, name: "a|b\n<img src=x>[c](d)" } as const];
    const text = markdownOf({ ...result, table: { ...result.table, columns } });
    expect(text).toContain("| Distance, a\\|b &lt;img src=x>\\[c\\](d) | 0.031 |");
  });
});

describe("a citation", () => {
  it("names paper, data, length, seed and every setting that counts", () => {
    const text = citationOf({ ...setupFor("ring"), model: "vae", seed: 42 }, "1.2.3", 1_500);
    expect(text).toMatch(
      /^VAE \(.*Kingma.*\) as implemented in Likeness 1\.2\.3, on the built-in data “Ring of 8”/u,
    );
    expect(text).toContain(
      "1500 steps; seed 42; 20 % of rows held out; numbers scaled by standard; latent size ",
    );
  });

  it("has no name of a person's own table", () => {
    const columns = { "patient name": { include: false } };
    expect(citationOf({ ...setupFor("own"), columns }, "1.2.3")).not.toContain("patient");
  });
});
