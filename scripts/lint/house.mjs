/**
 * The house rules that no ready-made lint rule states, as an oxlint plugin.
 * The table below is the one in src/README.md; a test holds them together.
 */
import path from "node:path";

/** Anybody may import these; they import nothing of ours. */
export const leaves = ["language", "random", "catalog"];

/**
 * Which folder of src/ may import which, besides itself and the leaves.
 * `types`: by `import type` only. The arrow points left to right: nobody imports a folder further right.
 *
 * @type {Readonly<Record<string, { readonly may: readonly string[], readonly types?: readonly string[] }>>}
 */
export const layers = {
  language: { may: [] },
  random: { may: [] },
  catalog: { may: [] },
  table: { may: [] },
  engine: { may: [] },
  datasets: { may: ["table"] },
  encode: { may: ["table"] },
  project: { may: ["table"], types: ["encode"] },
  models: { may: ["engine", "encode"] },
  train: { may: ["engine", "models", "encode", "protocol"] },
  inside: { may: ["engine", "models", "encode"], types: ["train", "protocol"] },
  onnx: { may: ["engine", "models", "encode"], types: ["table"] },
  downstream: { may: ["table", "encode"] },
  quality: { may: ["table", "encode", "downstream"] },
  generalise: { may: ["table", "downstream", "quality"] },
  protocol: {
    may: [],
    types: ["table", "datasets", "encode", "project", "models", "train", "onnx", "quality", "generalise"],
  },
  sessions: {
    may: [
      "table",
      "datasets",
      "encode",
      "engine",
      "project",
      "models",
      "train",
      "inside",
      "onnx",
      "downstream",
      "quality",
      "generalise",
      "protocol",
    ],
  },
  bridge: { may: ["protocol"] },
  store: { may: ["protocol", "table"], types: ["quality", "generalise"] },
  share: { may: ["store", "protocol", "table"], types: ["quality", "generalise"] },
  lessons: { may: ["share"], types: ["protocol", "store"] },
  "views/kit": { may: [] },
  views: { may: ["views/kit", "store", "share", "table", "lessons"], types: ["protocol"] },
  app: { may: ["views", "views/kit", "store", "share", "table", "lessons", "bridge", "protocol"] },
};

/** Beside the page, not on it: they may import what does its work in a worker. */
const outside = {
  workers: layers["sessions"].may.concat("sessions"),
  cli: layers["sessions"].may.concat("sessions"),
};

/** The layer that a path relative to the project stands in: "models", "views/kit", "workers"; undefined outside the table. */
function layerOf(file) {
  const [top, folder, inner] = file.split("/");
  if (top === "workers" || top === "cli") return top;
  if (top !== "src" || !file.includes("/", 4)) return undefined;
  return folder === "views" && inner === "kit" ? "views/kit" : folder;
}

const list = (names) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Why `from` may not import `source`, or undefined where it may. */
function fault(from, file, source, typeOnly) {
  if (source.startsWith("@tensorflow/")) {
    if (from === "engine" || source.endsWith("?url")) return undefined;
    return "TensorFlow.js has one door, types included: import from src/engine/, and add there what is missing.";
  }
  if (!source.startsWith(".")) return undefined;
  const [address, query = ""] = path.posix.join(path.posix.dirname(file), source).split("?");
  const to = layerOf(address);
  if (to === undefined || to === from) return undefined;
  if (to === "workers" || to === "cli") {
    if (from === "bridge" && query === "worker&url") return undefined;
    return 'Only bridge/ knows the workers, and by address alone: import url from "../../workers/….worker.ts?worker&url".';
  }
  const rule = layers[from] ?? { may: outside[from] };
  if (rule.may === undefined)
    return `src/${from}/ is in no table: add a line to scripts/lint/house.mjs and src/README.md.`;
  const free = from === "views/kit" || leaves.includes(from) ? ["language"] : leaves;
  if (free.includes(to) || rule.may.includes(to) || (typeOnly && rule.types?.includes(to))) return undefined;
  if (rule.types?.includes(to)) return `${from}/ takes types only from ${to}/: write \`import type\`.`;
  const may = [...rule.may, ...free];
  return may.length === 0
    ? `${from}/ imports nothing of ours, so that everybody may import it: take what you need as an argument.`
    : `${from}/ may import ${list(may)}, not ${to}: take what you need as an argument, or move it to a folder that both may import (src/README.md has the table).`;
}

const importTable = {
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
    const from = layerOf(file);
    if (from === undefined) return {};
    const check = (node, source, typeOnly) => {
      if (typeof source?.value !== "string") return;
      const message = fault(from, file, source.value, typeOnly);
      if (message !== undefined) context.report({ node, message });
    };
    const allTypes = (node, kind) =>
      node.specifiers.length > 0 && node.specifiers.every((specifier) => specifier[kind] === "type");
    return {
      ImportDeclaration: (node) =>
        check(node, node.source, node.importKind === "type" || allTypes(node, "importKind")),
      ExportNamedDeclaration: (node) =>
        check(node, node.source, node.exportKind === "type" || allTypes(node, "exportKind")),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === "type"),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument, true),
    };
  },
};

/** Dates as calendar arithmetic are fine; asking what time it is is not. */
const noClock = {
  create(context) {
    const message = "The core has no clock: take the time, or a `now` function, as an argument.";
    const isDate = (node) => node.type === "Identifier" && node.name === "Date";
    return {
      NewExpression(node) {
        if (isDate(node.callee) && node.arguments.length === 0) context.report({ node, message });
      },
      CallExpression(node) {
        if (isDate(node.callee)) context.report({ node, message });
      },
      MemberExpression(node) {
        if (isDate(node.object) && node.property.name === "now") context.report({ node, message });
      },
      Identifier(node) {
        if (
          node.name === "performance" &&
          node.parent?.type === "MemberExpression" &&
          node.parent.object === node
        )
          context.report({ node, message });
      },
    };
  },
};

export default {
  meta: { name: "house" },
  rules: { "import-table": importTable, "no-clock": noClock },
};
