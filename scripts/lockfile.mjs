// Adds to package-lock.json the optional packages for other platforms that the registry of the machine where it was
// made does not carry. npm ci refuses a lockfile without them. Usage: node complete-lock.mjs [package-lock.json]
import { readFileSync, writeFileSync } from "node:fs";
const file = process.argv[2] ?? "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));
const packages = lock.packages;
const has = (parent, name) => {
  let at = parent;
  for (;;) {
    if (`${at ? at + "/" : ""}node_modules/${name}` in packages) return true;
    if (at === "") return false;
    const cut = at.lastIndexOf("/node_modules/");
    at = cut < 0 ? "" : at.slice(0, cut);
  }
};
const systems = {
  darwin: "darwin",
  linux: "linux",
  win32: "win32",
  android: "android",
  freebsd: "freebsd",
  openharmony: "openharmony",
  sunos: "sunos",
  openbsd: "openbsd",
  netbsd: "netbsd",
  aix: "aix",
};
const chips = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];
let added = 0;
for (const [at, entry] of Object.entries({ ...packages }))
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (has(at, name)) continue;
    if (!/^\d/.test(range)) {
      console.log("left alone, no exact version:", at, name, range);
      continue;
    }
    const words = name.split("/").pop().split("-");
    const os = words.map((w) => systems[w]).find(Boolean);
    const cpu = words.map((w) => (w === "armv7" ? "arm" : w)).find((w) => chips.includes(w));
    if (!os || !cpu) {
      console.log("left alone, unknown platform:", at, name);
      continue;
    }
    const libc =
      os !== "linux"
        ? undefined
        : words.some((w) => w.startsWith("musl"))
          ? "musl"
          : words.some((w) => w.startsWith("gnu"))
            ? "glibc"
            : undefined;
    packages[`node_modules/${name}`] = {
      version: range,
      cpu: [cpu],
      ...(entry.dev && { dev: true }),
      ...(libc && { libc: [libc] }),
      optional: true,
      os: [os],
    };
    added += 1;
  }
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
console.log("added", added);
