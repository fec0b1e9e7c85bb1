/** What a reader of the documents would stumble over: links to files that are not there, and blanks that nobody filled. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./node.mjs";

const documents = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((name) => name !== "" && !name.endsWith(".template.md"));

/** Targets of Markdown links and of HTML's src, srcset and href, as written. */
const targetsOf = (text) =>
  [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"\s]+)"/g)].map(
    ([, link, attribute]) => link ?? attribute,
  );

describe.each(documents)("%s", (name) => {
  const text = readFileSync(path.join(root, name), "utf8");

  it("links to files that are there", () => {
    const missing = targetsOf(text)
      .filter((target) => !/^([a-z]+:|#)/.test(target))
      .map((target) => target.replace(/#.*$/, ""))
      .filter((target) => !existsSync(path.join(root, path.dirname(name), target)));
    expect(missing).toEqual([]);
  });

  it("has no blank left to fill", () => {
    expect(text.match(/@@\w+@@/g) ?? []).toEqual([]);
  });
});
