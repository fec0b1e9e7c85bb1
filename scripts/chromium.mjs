/** Finds a Chromium for the browser tests and the screenshots, or installs one. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { fail, run, runTool } from "./node.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * What the tests start it with: no sandbox, since a container's root has none; no talk with anyone; and WebGPU
 * computed by the processor, so that it is there on a machine without a graphics card.
 */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
];

/** The path in CHROMIUM_PATH, else the system's Chromium or Chrome, else Playwright's own; undefined where there is none. */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!existsSync(asked)) fail(`CHROMIUM_PATH says ${asked}, and there is no such file.`);
    return asked;
  }
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...onPath, ...elsewhere, chromium.executablePath()].find((file) => existsSync(file));
}

/** Debian proper has Chromium as a package; Ubuntu's is a snap that a container cannot run. */
function isDebian() {
  if (!existsSync("/etc/os-release")) return false;
  return /^ID="?debian"?$/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** The path of a Chromium, installed first where none is found. */
export function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  process.stdout.write("There is no Chromium on this machine: installing one.\n");
  const root = process.getuid?.() === 0;
  if (root && isDebian() && run("apt-get", ["update", "-q"])) {
    // An answer to every question, since nobody is there to give one.
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], quiet);
  }
  if (findChromium() === undefined)
    runTool("@playwright/test/cli.js", ["install", ...(root ? ["--with-deps"] : []), "chromium"]);
  return (
    findChromium() ??
    fail(
      "No Chromium could be installed. Install Chromium or Chrome yourself, or say where one is: CHROMIUM_PATH=/path/to/chromium npm test.",
    )
  );
}
