/**
 * What there is to translate, read from the sources: the pattern of every t`…`, the forms of every plural, and the names
 * that code says by variable. `node scripts/words.mjs de` says what src/language/de.json lacks, has too much of, or fills in
 * otherwise; `--mend` takes away what is too much and puts what is there into order.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { fail, root } from "./node.mjs";

/** What is said by t(name): objectives, networks, types, standings and other words that are keys as well. */
const names = [
  "discriminator",
  "generator",
  "critic",
  "loss",
  "encoder",
  "decoder",
  "denoiser",
  "network",
  "KL",
  "reconstruction",
  "density ratio",
  "condition",
  "dimensions in use",
  "distance",
  "system",
  "light",
  "dark",
  "real",
  "synthetic",
  "holdout",
  "source",
  "target",
  "steps",
  "seconds",
  "less",
  "more",
  "number",
  "category",
  "boolean",
  "datetime",
  "identifier",
  "text",
  "constant",
  "from scratch",
  "carried over",
  "true positives",
  "false positives",
  "fresh",
  "last",
  "file",
  "stage",
  "experiment",
  "results",
  "gain",
  "harm",
  "no gain",
  "undecided",
  "kept",
  "vanished",
  "thinned",
  "amplified",
  "too few to tell",
  "gone",
  "thinned out",
  "too frequent",
  "columns",
  "gaps",
  "conditions",
  "categories",
  "pairs of columns",
  "pairs of samples",
  "columns of numbers",
  "columns of categories",
];

/** Plurals whose words come by variable. */
const plurals = ["category|categories", "image|images", "label|labels"];

const isSource = (file) =>
  /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|[/\\]testing[/\\]|^language[/\\]/.test(file);

/** Calls `see` with every node of a tree. */
function visit(node, see) {
  if (Array.isArray(node)) for (const each of node) visit(each, see);
  else if (typeof node?.type === "string") {
    see(node);
    for (const value of Object.values(node)) if (typeof value === "object") visit(value, see);
  }
}

/** Every file of sources that may say something, parsed. */
export function sources(under = "") {
  return readdirSync(path.join(root, "src"), { recursive: true })
    .filter((file) => isSource(file) && file.startsWith(under))
    .map((file) => {
      const text = readFileSync(path.join(root, "src", file), "utf8");
      return { file: path.join("src", file), text, tree: parseSync(file, text).program };
    });
}

const textOf = (node) =>
  node?.type === "Literal" && typeof node.value === "string" ? node.value : undefined;

/** @returns {ReadonlyMap<string, string>} every pattern, and a file that says it */
export function patterns() {
  const found = new Map();
  for (const { file, tree } of sources())
    visit(tree, (node) => {
      const name = node.tag?.name ?? node.callee?.name;
      if (node.type === "TaggedTemplateExpression" && name === "t")
        found.set(
          node.quasi.quasis
            .map(({ value }) => value.cooked)
            .reduce((all, part, i) => `${all}{${i - 1}}${part}`),
          file,
        );
      if (node.type === "CallExpression" && name === "sense")
        found.set(`${textOf(node.arguments[0])} (${textOf(node.arguments[1])})`, file);
      if (node.type !== "CallExpression" || (name !== "plural" && name !== "ofMany")) return;
      const one = textOf(node.arguments[1]);
      if (one !== undefined) found.set(`${one}|${textOf(node.arguments[2]) ?? `${one}s`}`, file);
    });
  for (const name of [...names, ...plurals]) if (!found.has(name)) found.set(name, "scripts/words.mjs");
  return found;
}

/** Attributes that are read or heard. */
const heard = new Set(["aria-label", "title", "placeholder", "alt", "label", "help", "words", "description"]);
/** What is the same in every language. */
const sameEverywhere = new Set(["Likeness", "K", "Esc", "likeness sample", "UMAP", "AB"]);

/**
 * Words in the markup of views that stand there bare, so that no translation reaches them.
 *
 * @returns {readonly string[]} "src/views/a.tsx: Some words"
 */
export function unsaid(files = sources("views").map(({ file, text }) => ({ file, text }))) {
  const found = [];
  for (const { file, text } of files.filter((each) => each.file.endsWith(".tsx"))) {
    const see = (words) => {
      const plain = words.trim();
      if (/\p{L}{2}/u.test(plain) && !sameEverywhere.has(plain)) found.push(`${file}: ${plain}`);
    };
    /** What an expression comes to, where it is words: the branches of a condition too, not what a call is given. */
    const bare = (node) => {
      if (node?.type === "Literal" && typeof node.value === "string") see(node.value);
      if (node?.type === "TemplateLiteral") see(node.quasis.map(({ value }) => value.cooked).join(" "));
      if (node?.type === "ConditionalExpression") [node.consequent, node.alternate].forEach(bare);
      if (node?.type === "LogicalExpression") bare(node.right);
    };
    visit(parseSync(file, text).program, (node) => {
      if (node.type === "JSXText") see(node.value);
      if (node.type === "JSXAttribute" && heard.has(String(node.name.name)))
        bare(node.value?.type === "JSXExpressionContainer" ? node.value.expression : node.value);
      if (node.type !== "JSXElement" && node.type !== "JSXFragment") return;
      for (const child of node.children) if (child.type === "JSXExpressionContainer") bare(child.expression);
    });
  }
  return found;
}

const filled = (text) =>
  [...new Set(text.match(/\{\d+\}/g) ?? [])].toSorted((a, b) => a.localeCompare(b)).join(" ");
const marked = (text) =>
  (text.match(/\{(?:real|synthetic|holdout)\|/g) ?? []).toSorted((a, b) => a.localeCompare(b)).join(" ");

/** The words of a language, as they stand in its file. */
export const wordsIn = (language) => JSON.parse(readFileSync(fileOf(language), "utf8"));
const fileOf = (language) => path.join(root, `src/language/${language}.json`);

/** What is wrong with a language's words, a line each. */
export function faults(language, wanted = patterns(), words = wordsIn(language)) {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.length;
  return [
    ...[...wanted.keys()]
      .filter((key) => !Object.hasOwn(words, key))
      .map((key) => `lacks ${JSON.stringify(key)}`),
    ...Object.keys(words)
      .filter((key) => !wanted.has(key))
      .map((key) => `nobody says ${JSON.stringify(key)}`),
    ...Object.entries(words).flatMap(([key, said]) => {
      if (!wanted.has(key)) return [];
      if (filled(key) !== filled(said)) return [`${JSON.stringify(key)} is filled in otherwise: ${said}`];
      if (marked(key) !== marked(said)) return [`${JSON.stringify(key)} marks other roles: ${said}`];
      if (/^\s/.test(key) !== /^\s/.test(said) || /\s$/.test(key) !== /\s$/.test(said))
        return [`${JSON.stringify(key)} begins or ends with a blank, or does not: ${JSON.stringify(said)}`];
      const isPlural = /^[^|{}]+\|[^|{}]+$/.test(key) && !key.includes(" | ");
      return isPlural && said.split("|").length !== forms
        ? [`${JSON.stringify(key)} takes ${forms} forms`]
        : [];
    }),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [language = "de", how] = process.argv.slice(2);
  const wanted = patterns();
  if (how === "--mend") {
    const words = wordsIn(language);
    const kept = [...wanted.keys()]
      .filter((key) => Object.hasOwn(words, key))
      .map((key) => [key, words[key]]);
    writeFileSync(fileOf(language), `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  }
  const wrong = faults(language, wanted);
  if (wrong.length > 0) fail(`${wrong.join("\n")}\n${wrong.length} of ${wanted.size} patterns.`);
  process.stdout.write(`${language}: ${wanted.size} patterns, all there.\n`);
}
