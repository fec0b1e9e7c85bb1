/**
 * A worker that can be trusted with a private table and that can't fail in
 * silence. Two measured facts shape it: a page's policy does not bind a worker
 * loaded by URL, but does bind one started from a blob that imports the same
 * module; and a worker that dies, hangs or never starts tells nobody. So death
 * is noticed by a lock that the worker holds as long as it lives, and all else
 * by its silence.
 */
import { spoken, t, type Spoken } from "../language/words.ts";

interface Loud {
  readonly type: string;
  /** The name of the lock. */
  readonly life?: string;
}

export interface Line<Command, Event> {
  post(command: Command, transfer?: readonly Transferable[]): void;
  terminate(): void;
  /** For types only. */
  readonly says?: Event;
}

export interface LineOptions<Event> {
  /** Address of the worker's module, same origin. */
  readonly url: string;
  readonly name: string;
  onEvent(event: Event): void;
  /** The worker is gone: it failed to start, or has been silent too long. */
  onDeath(reason: string): void;
  /** Silence after which a worker counts as dead, ms. First steps compile shaders, so be patient. */
  readonly patience?: number;
}

export function openLine<Command, Event extends Loud>(options: LineOptions<Event>): Line<Command, Event> {
  const { url, name, onEvent, onDeath, patience = 30_000 } = options;
  const address = new URL(url, document.baseURI).href;
  const imported = `import ${JSON.stringify(address)};`;
  const bootstrap = URL.createObjectURL(
    new Blob([spoken === undefined ? imported : inLanguage(address, spoken)], { type: "text/javascript" }),
  );
  const worker = new Worker(bootstrap, { type: "module", name });
  let alive = true;
  const closed = new AbortController();
  let heard = performance.now();

  const die = (reason: string): void => {
    if (!alive) return;
    close();
    onDeath(reason);
  };
  const close = (): void => {
    alive = false;
    closed.abort();
    clearInterval(watch);
    worker.terminate();
    URL.revokeObjectURL(bootstrap);
  };
  const outlive = (life: string): void => {
    const end = (): void => die(t`it is gone, with the lock that it held`);
    // Refused where the line was closed meanwhile: nobody waits for it any more.
    navigator.locks.request(life, { signal: closed.signal }, end).catch(() => {});
  };
  // A hidden page's own timers sleep, so silence is only counted while the page is seen.
  let seenAt = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    if (document.hidden || now - seenAt > 3_000) heard = now;
    seenAt = now;
    if (now - heard > patience) die(t`no sign of life for ${Math.round(patience / 1000)} s`);
  }, 1_000);

  worker.onmessage = (message: MessageEvent<Event>) => {
    if (!alive) return;
    heard = performance.now();
    const { life } = message.data;
    if (life !== undefined) outlive(life);
    onEvent(message.data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    die(event.message || t`its code could not be loaded`);
  };
  worker.onmessageerror = () => die(t`a message could not be read`);
  return {
    post: (command, transfer = []) => {
      if (alive) worker.postMessage(command, [...transfer]);
    },
    terminate: () => {
      if (alive) close();
    },
  };
}

/**
 * The worker's first script where another language than English is spoken: its words come before its code, as on the
 * page. What is said to it meanwhile waits, for a module that is imported late would never hear of it.
 */
const inLanguage = (address: string, words: Spoken): string => `
const waiting = [];
self.spoken = ${JSON.stringify(words)};
self.onmessage = (message) => waiting.push(message);
import(${JSON.stringify(address)}).then(
  () => waiting.forEach((message) => self.onmessage(message)),
  (error) => setTimeout(() => { throw error; }),
);`;
