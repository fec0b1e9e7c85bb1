/** The server from outside: a real process over a made-up dist/, asked over HTTP. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headers } from "./headers.mjs";
import { root } from "./node.mjs";

const long = "export const a = 1;\n".repeat(500);
let home;

/** Starts the copy's server; resolves to its first line once it says one, or to its last words. */
function start(args, env = {}) {
  const child = spawn(process.execPath, [path.join(home, "scripts/serve.mjs"), ...args], {
    env: { ...process.env, PORT: "", ...env },
  });
  let said = "";
  const line = new Promise((resolve) => {
    child.stdout.on("data", (data) => {
      said += data;
      if (said.includes("\n")) resolve(said);
    });
    child.stderr.on("data", (data) => (said += data));
    child.on("close", () => resolve(said));
  });
  return { child, line, code: new Promise((resolve) => child.on("close", resolve)) };
}

/** One request with nothing tidied up on the way: `fetch` would straighten the path. */
const ask = (port, address, options = {}) =>
  new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: address, ...options }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      );
    })
      .on("error", reject)
      .end();
  });

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "likeness-serve-"));
  mkdirSync(path.join(home, "scripts"));
  for (const name of ["serve", "headers", "node"])
    cpSync(path.join(root, `scripts/${name}.mjs`), path.join(home, `scripts/${name}.mjs`));
  mkdirSync(path.join(home, "dist/assets"), { recursive: true });
  writeFileSync(path.join(home, "dist/index.html"), "<!doctype html><title>lab</title>");
  writeFileSync(path.join(home, "dist/assets/a-12345678.js"), long);
  writeFileSync(path.join(home, "dist/assets/b-12345678.wasm"), Buffer.from([0, 97, 115, 109]));
  writeFileSync(path.join(home, "dist/100%.txt"), "odd name");
  writeFileSync(path.join(home, "secret.txt"), "secret");
  symlinkSync(path.join(home, "secret.txt"), path.join(home, "dist/link.txt"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("the server", () => {
  let server;
  let port;
  beforeAll(async () => {
    server = start(["--port", "0"]);
    port = Number(/:(\d+)\//.exec(await server.line)[1]);
  });
  afterAll(async () => {
    server.child.kill();
    await server.code;
  });

  it.each([
    ["/", 200, "text/html; charset=utf-8", "no-cache"],
    ["/index.html?x=1", 200, "text/html; charset=utf-8", "no-cache"],
    ["/assets/a-12345678.js", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
    ["/assets/b-12345678.wasm", 200, "application/wasm", "public, max-age=31536000, immutable"],
    ["/100%25.txt", 200, "text/plain; charset=utf-8", "no-cache"],
    ["/nothing.js", 404, "text/plain; charset=utf-8", "no-store"],
    ["/assets", 404, "text/plain; charset=utf-8", "no-store"],
  ])("answers %s with %i and every header", async (address, status, type, caching) => {
    const answer = await ask(port, address);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe(type);
    expect(answer.headers["cache-control"]).toBe(caching);
    for (const [name, value] of Object.entries(headers))
      expect(answer.headers[name.toLowerCase()], name).toBe(value);
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "//etc/passwd",
    "/link.txt",
    "/%00",
    "/%",
    "/%c0%ae%c0%ae/secret.txt",
  ])("gives nothing outside dist for %s", async (address) => {
    const answer = await ask(port, address);
    expect(answer.status).toBe(404);
    expect(answer.body.toString()).not.toContain("secret");
  });

  it.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["br;q=0", undefined],
    ["identity", undefined],
  ])("packs for Accept-Encoding %s", async (accepted, coding) => {
    const answer = await ask(port, "/assets/a-12345678.js", { headers: { "Accept-Encoding": accepted } });
    expect(answer.headers["content-encoding"]).toBe(coding);
    expect(Number(answer.headers["content-length"])).toBe(answer.body.length);
    if (coding === undefined) expect(answer.body.toString()).toBe(long);
    else expect(answer.body.length).toBeLessThan(long.length / 10);
  });

  it("packs what unpacks to the same", async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/assets/a-12345678.js`);
    expect(await answer.text()).toBe(long);
  });

  it("says when nothing has changed", async () => {
    const { headers: first } = await ask(port, "/");
    const again = await ask(port, "/", { headers: { "If-None-Match": first["etag"] } });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
  });

  it("answers HEAD without a body and refuses to be written to", async () => {
    const head = await ask(port, "/assets/a-12345678.js", { method: "HEAD" });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(Number(head.headers["content-length"])).toBe(long.length);
    expect((await ask(port, "/", { method: "POST" })).status).toBe(405);
  });
});

describe("the port", () => {
  const taken = () =>
    new Promise((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
    });

  it("is the next free one where none is asked for", async () => {
    const servers = [start([]), start([])];
    const ports = await Promise.all(servers.map(async ({ line }) => Number(/:(\d+)\//.exec(await line)[1])));
    expect(new Set(ports).size).toBe(2);
    for (const port of ports) expect(port).toBeGreaterThanOrEqual(4173);
    for (const { child } of servers) child.kill();
    expect(await Promise.all(servers.map(({ code }) => code))).toEqual([0, 0]);
  });

  it("is refused in words where the one asked for is taken", async () => {
    const server = await taken();
    const { port } = server.address();
    const { line, code } = start([], { PORT: String(port) });
    expect(await line).toContain(`Port ${port} is taken`);
    expect(await code).toBe(1);
    server.close();
  });

  it.each(["abc", "-1", "70000", "80.5"])("%s is refused in words", async (port) => {
    const { line, code } = start(["--port", port]);
    expect(await line).toContain("whole number from 0 to 65535");
    expect(await code).toBe(1);
  });
});
