/**
 * Serves dist/ on this machine, with the headers that the lab's promise rests on.
 * Needs nothing but Node: `node scripts/serve.mjs [--port 4173] [--host 127.0.0.1]`.
 */
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { framedPolicy, headers, isFramed } from "./headers.mjs";
import { fail, requireNode, root } from "./node.mjs";

const firstPort = 4173;

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};
const alreadyPacked = new Set([".png", ".ico", ".woff2"]);

const packers = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
};

/** The coding that both sides know and the browser has not refused. */
function codingOf(accepted = "") {
  const wanted = accepted
    .split(",")
    .map((part) => part.trim().split(";"))
    .filter(([, quality]) => !/^\s*q=0(\.0*)?$/.test(quality ?? ""))
    .map(([name]) => name);
  return ["br", "gzip"].find((coding) => wanted.includes(coding));
}

/** The file that an address means, or undefined where there is none inside `folder`. */
async function fileOf(folder, url) {
  let name;
  try {
    name = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return undefined;
  }
  if (name.includes("\0") || !name.startsWith("/")) return undefined;
  const wanted = path.join(folder, name.endsWith("/") ? `${name}index.html` : name);
  // Links are followed first: what counts is where the bytes really lie.
  const file = await realpath(wanted).catch(() => undefined);
  if (file === undefined || !file.startsWith(folder + path.sep)) return undefined;
  const found = await stat(file);
  return found.isFile() ? { file, found } : undefined;
}

/**
 * @param {string} folder what to serve
 * @returns {Promise<import("node:http").Server>} not yet listening
 */
export async function staticServer(folder) {
  const home = await realpath(folder);
  /** Packed bytes by file, time and coding: a build is a few megabytes, so all of it may stay. */
  const packed = new Map();

  const answer = async (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (isFramed(request.url)) response.setHeader("Content-Security-Policy", framedPolicy);
    const end = (status, text) => {
      response.writeHead(status, {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
      });
      response.end(request.method === "HEAD" ? undefined : `${text}\n`);
    };
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return end(405, "Only GET and HEAD are answered here.");
    }
    const hit = await fileOf(home, request.url ?? "/");
    if (hit === undefined) return end(404, "There is nothing at this address.");

    const { file, found } = hit;
    const extension = path.extname(file);
    const tag = `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`;
    const hashed = path.relative(home, file).startsWith(`assets${path.sep}`);
    response.setHeader("Content-Type", types[extension] ?? "application/octet-stream");
    response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    response.setHeader("ETag", tag);
    response.setHeader("Vary", "Accept-Encoding");
    if (request.headers["if-none-match"] === tag) {
      response.writeHead(304);
      return response.end();
    }
    const coding = alreadyPacked.has(extension) ? undefined : codingOf(request.headers["accept-encoding"]);
    if (coding === undefined) {
      response.writeHead(200, { "Content-Length": found.size });
      if (request.method === "HEAD") return response.end();
      return createReadStream(file)
        .on("error", () => response.destroy())
        .pipe(response);
    }
    const key = `${coding} ${tag} ${file}`;
    if (!packed.has(key)) packed.set(key, readFile(file).then(packers[coding]));
    const bytes = await packed.get(key);
    response.writeHead(200, { "Content-Encoding": coding, "Content-Length": bytes.length });
    return response.end(request.method === "HEAD" ? undefined : bytes);
  };

  return createServer((request, response) => {
    answer(request, response).catch((error) => {
      process.stderr.write(`${request.method} ${request.url}: ${error.message}\n`);
      if (response.headersSent) return response.destroy();
      response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" });
      return response.end("The server stumbled over this file; its own words are in the terminal.\n");
    });
  });
}

/** Listens on `port`, or where none is given on the first free one from 4173 up. Resolves to the port. */
export async function listen(server, { port, host }) {
  const attempt = async (number) => {
    server.listen(number, host);
    await once(server, "listening"); // rejects where "error" comes first
    return server.address().port;
  };
  if (port !== undefined) return attempt(port);
  for (let number = firstPort; number < firstPort + 100; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      if (error.code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`Ports ${firstPort} to ${firstPort + 99} are all taken: choose another with PORT=…`);
}

/** `--port 5000` or PORT=5000, `--host 0.0.0.0`. Other machines see the lab only where a host is asked for. */
function optionsOf(args, env) {
  const after = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const port = after("--port") ?? env.PORT;
  if (port !== undefined && port !== "" && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535))
    fail(`A port is a whole number from 0 to 65535, not “${port}”.`);
  return { port: port ? Number(port) : undefined, host: after("--host") ?? "127.0.0.1" };
}

/** Serves dist/ until it is stopped, and says where. */
export async function serve(args = process.argv.slice(2), env = process.env) {
  const { port: asked, host } = optionsOf(args, env);
  const server = await staticServer(path.join(root, "dist")).catch(() =>
    fail("There is no dist/ to serve yet: `npm run build` makes one, and `npm start` does both."),
  );
  const port = await listen(server, { port: asked, host }).catch((error) =>
    fail(
      error.code === "EADDRINUSE"
        ? `Port ${asked} is taken: choose another with PORT=… or --port, or none for the next free one.`
        : error.message,
    ),
  );
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => {
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
  const shown = host === "127.0.0.1" || host === "0.0.0.0" || host === "::" ? "localhost" : host;
  process.stdout.write(`Likeness is at http://${shown}:${port}/ — press Ctrl+C to stop.\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  requireNode();
  await serve();
}
