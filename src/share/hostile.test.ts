/** Links as an attacker, a chat tool or a bad clipboard leaves them: each is refused in words or read as less than it was, soon. */
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { modelCards } from "../catalog/models.ts";
import { random } from "../random/random.ts";
import { toBase64url, fromBase64url } from "./base64url.ts";
import { documentOf, readResult, writeResult } from "./resultText.ts";
import { readDocument } from "./document.ts";
import { sharedIn, fileText } from "./file.ts";
import { crc32, longestLink, mostUnpacked } from "./pack.ts";
import { ShareRefusal } from "./refusal.ts";
import { race } from "./testing/anyResult.ts";

/** Text of anyone's making with the right checksum: what only a person with intent would send. */
function forged(bytes: Uint8Array): string {
  const pressed = deflateRawSync(bytes);
  const packed = new Uint8Array(4 + pressed.length);
  new DataView(packed.buffer).setUint32(0, crc32(pressed));
  packed.set(pressed, 4);
  return toBase64url(packed);
}
function withJson(json: string, numbers = new Uint8Array()): string {
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(4 + text.length + numbers.length);
  new DataView(bytes.buffer).setUint32(0, text.length);
  bytes.set(text, 4);
  bytes.set(numbers, 4 + text.length);
  return forged(bytes);
}

/** What a link may take. A busy machine may stop a test for longer, so what was slow is opened again: its best time counts. */
const patience = 200;

/** "refused" with its words, or "read"; fails where it throws anything else, lasts too long, or touches what it must not. */
async function open(text: string, again = 2): Promise<"refused" | "read"> {
  const began = performance.now();
  let outcome: "refused" | "read" = "read";
  try {
    const { result } = await readResult(text);
    for (const { setup, looks, losses } of result.runs) {
      if (!modelCards.some(({ id }) => id === setup.model)) throw new Error(`Read a model ${setup.model}.`);
      if (looks.length > 96 || losses.curves.length > 8) throw new Error("Read more than is allowed.");
    }
  } catch (error) {
    if (!(error instanceof ShareRefusal)) throw error;
    expect(error.message).toMatch(/^The link .*\.$/u);
    expect(error.message.length).toBeLessThan(200);
    outcome = "refused";
  }
  const lasted = performance.now() - began;
  if (lasted > patience && again > 0) return open(text, again - 1);
  slowest = Math.max(slowest, lasted);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  return outcome;
}
let slowest = 0;

describe("a link from outside", () => {
  const source = random(5);

  it("of 4,000 that were damaged is refused every time, and never late", async () => {
    const good = await writeResult(race(4, { looks: 12, points: 120 }));
    const small = await writeResult(race(1, { looks: 2, points: 20 }));
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const mutations: readonly ((text: string) => string)[] = [
      // One bit of one byte.
      (text) => {
        const bytes = fromBase64url(text)!;
        bytes[source.integer(bytes.length)]! ^= 1 << source.integer(8);
        return toBase64url(bytes);
      },
      (text) => text.slice(0, source.integer(text.length)),
      (text) => text.slice(1 + source.integer(text.length - 1)),
      (text) => {
        const at = source.integer(text.length);
        const other = alphabet[source.integer(64)]!;
        return `${text.slice(0, at)}${text[at] === other ? "%" : other}${text.slice(at + 1)}`;
      },
      (text) => text + text.slice(0, 1 + source.integer(40)),
      (text) => text.split("").toReversed().join(""),
      (text) => `${text.slice(0, 40)}<script>alert(1)</script>${text.slice(40)}`,
    ];
    slowest = 0;
    for (let i = 0; i < 4_000; i++) {
      const text = i % 8 === 0 ? good : small;
      const mutated = mutations[i % mutations.length]!(text);
      if (mutated === text) continue;
      if ((await open(mutated)) === "read") {
        // Its last character has bits to spare, so another text may stand for the same bytes.
        expect(fromBase64url(mutated)).toEqual(fromBase64url(text));
      }
    }
    console.log(`4,000 damaged links: the slowest took ${slowest.toFixed(1)} ms.`);
    expect(slowest).toBeLessThan(patience);
  });

  it("of 1,000 that were forged with a right checksum is refused or bounded", async () => {
    const document = documentOf(race(2, { looks: 3, points: 10 }));
    const numbers = new Uint8Array(20_000);
    const hostile: readonly unknown[] = [
      "<img src=x onerror=alert(1)>",
      "javascript:alert(1)",
      "__proto__",
      "x".repeat(5_000),
      -1,
      1e999,
      1e300,
      Number.MAX_SAFE_INTEGER + 10,
      null,
      [],
      {},
      [[[[[[[]]]]]]],
      true,
      "\u0000\u202e",
      { __proto__: null, constructor: { prototype: { polluted: 1 } } },
      Array.from({ length: 5_000 }, () => 0),
    ];
    slowest = 0;
    for (let i = 0; i < 1_000; i++) {
      const copy = structuredClone(document) as unknown;
      // Walks down to any place and puts something there.
      let at = copy as Record<string, unknown>;
      for (;;) {
        const keys = Object.keys(at);
        const key = keys[source.integer(keys.length)];
        const next = key === undefined ? undefined : at[key];
        if (
          next !== null &&
          typeof next === "object" &&
          Object.keys(next).length > 0 &&
          source.uniform() < 0.8
        ) {
          at = next as Record<string, unknown>;
          continue;
        }
        at[key ?? "extra"] = hostile[source.integer(hostile.length)];
        break;
      }
      const json = JSON.stringify(copy).replaceAll("null", source.uniform() < 0.1 ? "1e999" : "null");
      await open(withJson(json, numbers.subarray(0, source.integer(numbers.length))));
    }
    console.log(`1,000 forged links: the slowest took ${slowest.toFixed(1)} ms.`);
    expect(slowest).toBeLessThan(patience);
  });

  it("with markup in every string, one by one and all at once, is refused or read as text", async () => {
    const markup = "<script>globalThis.polluted=1</script>";
    const document = JSON.stringify(documentOf(race(2, { looks: 0 })));
    const strings = [...document.matchAll(/:"[^"]*"/gu)];
    expect(strings.length).toBeGreaterThan(20);
    const outcomes = [];
    for (const { index, 0: found } of strings)
      outcomes.push(
        await open(
          withJson(
            `${document.slice(0, index)}:"${markup}"${document.slice(index + found.length)}`,
            new Uint8Array(8_000),
          ),
        ),
      );
    expect(outcomes).toContain("refused");
    expect(await open(withJson(document.replaceAll(/:"[^"]*"/gu, `:"${markup}"`)))).toBe("refused");
  });

  it("that unpacks to much, nests deep or names prototypes is refused soon", async () => {
    slowest = 0;
    const deep = (n: number): string => "[".repeat(n) + "]".repeat(n);
    const bombs = [
      forged(new Uint8Array(mostUnpacked + 1)),
      forged(new Uint8Array(40_000_000)),
      withJson(deep(100_000)),
      withJson(`{"version":2,"table":${deep(50_000)}}`),
      withJson(`${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}`),
      withJson('{"__proto__":{"polluted":1},"version":2}'),
      withJson('{"constructor":{"prototype":{"polluted":1}},"version":1,"setup":5}'),
      withJson('{"version":3}'),
      withJson('{"version":1e999}'),
      withJson("[1,2"),
      withJson(""),
      "A".repeat(longestLink),
      "A".repeat(longestLink + 1),
      "",
      "====",
      "💥",
    ];
    for (const bomb of bombs) expect(await open(bomb)).toBe("refused");
    console.log(`Bombs: the slowest took ${slowest.toFixed(1)} ms.`);
    expect(slowest).toBeLessThan(patience);
  });

  it("drops unknown and prototype keys wherever they stand", async () => {
    const json = JSON.stringify(documentOf(race(1, { looks: 0 }))).replaceAll(
      "{",
      '{"__proto__":{"polluted":1},"constructor":1,"surprise":[1],',
    );
    expect(JSON.stringify(readDocument(json))).not.toMatch(/polluted|surprise|constructor/u);
  });

  it("of the first version is brought up to this one: a setup, and nothing of a run", async () => {
    const { result } = await readResult(withJson('{"version":1,"setup":"v=1&data=ring&model=gan&seed=3"}'));
    expect(result.runs[0]).toMatchObject({
      step: 0,
      looks: [],
      setup: { dataset: "ring", model: "gan", seed: 3 },
    });
  });

  it("says of a newer version that it is one", async () => {
    await expect(readResult(withJson('{"version":3,"runs":[]}'))).rejects.toThrow(/newer Likeness/u);
  });

  it("may be a file, of which no more than the front is read", async () => {
    const packed = await writeResult(race(1, { looks: 2, points: 9 }));
    expect(await sharedIn(new Blob([fileText(packed)]))).toBe(packed);
    const weighed = `{"likeness":1,"shared":"${packed}","state":{"weights":["${"A".repeat(200_000)}"]}}`;
    expect(await sharedIn(new Blob([weighed]))).toBe(packed);
    await expect(sharedIn(new Blob(['{"likeness":1,"model":"gan"}']))).rejects.toThrow(/terminal/u);
    await expect(sharedIn(new Blob(["a,b\n1,2\n"]))).rejects.toThrow(ShareRefusal);
  });
});
