import { expect, it } from "vitest";
import { saidOfMatched } from "./matched.ts";

const column = (name: string, matched: number, of = 1) => ({ name, matched, of });

it("says how many columns are carried over, which are fresh and of which only a part is known", () => {
  expect(saidOfMatched([column("a", 1), column("b", 3, 3)])).toBe("all 2 columns carried over");
  expect(saidOfMatched([column("a", 1), column("b", 0), column("c", 2, 3)])).toBe(
    "2 of 3 columns carried over, 1 fresh: b; only a part of c (2 of 3 values)",
  );
  const fresh = ["b", "c", "d", "e", "f"].map((name) => column(name, 0));
  expect(saidOfMatched([column("a", 1), ...fresh])).toBe(
    "1 of 6 columns carried over, 5 fresh: b, c, d, e and 1 more",
  );
});
