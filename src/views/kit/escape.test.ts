import { expect, it } from "vitest";
import { plainText } from "./escape.ts";

it("leaves Plotly no markup to read", () => {
  const hostile = `<span style="background:url(https://evil/bg)">x</span> & <a href='y'>`;
  expect(plainText(hostile)).not.toMatch(/[<>]/);
  expect(plainText("a & b")).toBe("a &amp; b");
});
