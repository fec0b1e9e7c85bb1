/** Which Node this is, and how the scripts run other programs. */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Ends with a sentence where Node is too old to run Vite. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Likeness needs Node 20.19 or newer, and this is Node ${process.versions.node}. A current one is at https://nodejs.org.`,
  );
}

/** Says what is wrong and ends. */
export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/**
 * Runs a program in the project's folder, its output shown.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] what to add to the environment
 * @returns {boolean} whether it ended well
 */
export function run(command, args, env = {}) {
  // npm is a .cmd file on Windows, which only a shell can start; nothing here comes from outside.
  const shell = process.platform === "win32" && command === "npm";
  const { status, error } = spawnSync(command, [...args], {
    cwd: root,
    stdio: "inherit",
    shell,
    env: { ...process.env, ...env },
  });
  if (error !== undefined) process.stderr.write(`${command} could not be started: ${error.message}\n`);
  return status === 0;
}

/** Runs a tool of node_modules by its script, so that no shell and no PATH come between. */
export const runTool = (script, args, env) => run(process.execPath, [`node_modules/${script}`, ...args], env);

/**
 * Runs a tool as `runTool` does, and listens.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @param {boolean} [aloud] whether its output is shown as it comes
 * @returns {Promise<{ ended: boolean, said: string }>} whether it ended well, and what it said last
 */
export function hearTool(script, args, env = {}, aloud = true) {
  const colors = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const child = spawn(process.execPath, [`node_modules/${script}`, ...args], {
    cwd: root,
    stdio: ["inherit", "pipe", "pipe"],
    env: { ...process.env, ...colors, ...env },
  });
  let said = "";
  const pass = (stream) => (chunk) => {
    if (aloud) stream.write(chunk);
    said = (said + chunk).slice(-20_000);
  };
  child.stdout.setEncoding("utf8").on("data", pass(process.stdout));
  child.stderr.setEncoding("utf8").on("data", pass(process.stderr));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ ended: false, said: `${said}\n${error.message}` }));
    child.on("close", (status, signal) =>
      resolve({ ended: status === 0, said: signal === null ? said : `${said}\nIt was ended by ${signal}.` }),
    );
  });
}
