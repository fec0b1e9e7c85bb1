import { useRef, useState } from "react";
import { openLine } from "../../src/bridge/worker.ts";
import css from "./BenchPage.module.css";
import type { Command, Event } from "./message.ts";
import { backends, markdown, milliseconds, nothing, parts, ratio, rowsOf, speed, titles } from "./plan.ts";
import type { Figures, Part } from "./plan.ts";
import sideUrl from "./side.worker.ts?worker&url";

type Told = Exclude<Event, { type: "alive" }>;

/** Measures one part in a worker of its own, which is ended afterwards. */
function measured(part: Part, options: Options, onStep: (event: Told) => void): Promise<Told> {
  return new Promise((resolve) => {
    const end = (event: Told): void => {
      line.terminate();
      resolve(event);
    };
    const line = openLine<Command, Event>({
      url: sideUrl,
      name: `${part.on} ${part.whose}`,
      onEvent: (event) => {
        if (event.type === "step") onStep(event);
        else if (event.type !== "alive") end(event);
      },
      onDeath: (reason) => end({ type: "failed", message: `Its worker was lost: ${reason}.` }),
      patience: 120_000,
    });
    line.post({ type: "measure", ...part, ...options });
  });
}

interface Options {
  readonly brief: boolean;
  readonly software: boolean;
}

const titleOf = ({ on, whose }: Part): string =>
  `${whose === "ours" ? "Likeness" : "stock TensorFlow.js"} on ${on === "wasm" ? "WebAssembly" : "WebGPU"}`;

export function BenchPage(options: Options) {
  const [figures, setFigures] = useState<Figures>(nothing);
  const [phase, setPhase] = useState<"ready" | "running" | "finished">("ready");
  const [status, setStatus] = useState("");
  const [fault, setFault] = useState("");
  const table = useRef<HTMLTextAreaElement>(null);
  const [date, setDate] = useState("");

  async function run(): Promise<void> {
    setPhase("running");
    setFault("");
    setDate(new Date().toISOString().slice(0, 10));
    let found = nothing;
    const note = (next: Figures): void => setFigures((found = next));
    note(nothing);
    for (const [i, part] of parts.entries()) {
      const { on, whose } = part;
      if (found.missing[on] !== undefined) continue;
      const where = `${i + 1} of ${parts.length}: ${titleOf(part)}`;
      setStatus(`${where}…`);
      const end = await measured(part, options, (event) => {
        if (event.type === "step") setStatus(`${where}, ${titles[event.name].title}…`);
      });
      if (end.type === "measured")
        note({
          ...found,
          adapter: found.adapter || end.adapter,
          costs: { ...found.costs, [`${on} ${whose}`]: end.costs },
        });
      else if (end.type === "missing") note({ ...found, missing: { ...found.missing, [on]: end.why } });
      else if (end.type === "failed") setFault(`${titleOf(part)} stopped early. ${end.message}`);
    }
    setStatus("Done.");
    setPhase("finished");
  }

  const text = markdown(figures, [
    navigator.userAgent,
    date,
    options.brief ? "a brief run, to try the page: nothing to quote" : "",
  ]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setStatus("Copied.");
    } catch {
      table.current?.select();
      setStatus("The browser refused the clipboard; the text below is selected, so that you can copy it.");
    }
  }

  return (
    <main className={css.page} data-phase={phase}>
      <header className={css.head}>
        <a href="./">Likeness</a>
        <h1>How fast does it train here?</h1>
        <p>
          Four training steps, each written in stock TensorFlow.js and on Likeness’ engine, timed on this
          machine. It takes a minute or so. Keep this tab in front meanwhile; nothing is sent anywhere.
        </p>
        <div className={css.actions}>
          <button
            type="button"
            data-look="primary"
            disabled={phase === "running"}
            onClick={() => {
              run().catch((error: unknown) => {
                setFault(error instanceof Error ? error.message : String(error));
                setPhase("finished");
              });
            }}
          >
            {phase === "finished" ? "Run it again" : "Run the benchmark"}
          </button>
          <p role="status" className={css.status}>
            {status}
          </p>
        </div>
        {fault !== "" && (
          <p role="alert" className={css.fault}>
            {fault}
          </p>
        )}
      </header>
      {backends.map(({ on, title }) => (
        <section key={on} aria-label={title}>
          <h2>
            {title} {on === "webgpu" && <small>{figures.adapter}</small>}
          </h2>
          {figures.missing[on] === undefined ? (
            <div className={css.scroll} tabIndex={0} role="group" aria-label={`${title}, figures`}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Training step</th>
                    <th scope="col">Stock, steps/s</th>
                    <th scope="col">Likeness, steps/s</th>
                    <th scope="col">Ratio</th>
                    {on === "webgpu" && <th scope="col">GPU time a step</th>}
                  </tr>
                </thead>
                <tbody>
                  {rowsOf(figures, on).map((row) => (
                    <tr key={row.name}>
                      <th scope="row">
                        {titles[row.name].title} <small>{titles[row.name].words}</small>
                      </th>
                      <td>{speed(row.stock)}</td>
                      <td>{speed(row.ours)}</td>
                      <td>{ratio(row)}</td>
                      {on === "webgpu" && <td>{milliseconds(row.gpuMs)}</td>}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <p className={css.missing}>{figures.missing[on]}</p>
          )}
        </section>
      ))}
      {phase === "finished" && (
        <section aria-label="To copy">
          <div className={css.actions}>
            <h2>To copy</h2>
            <button type="button" onClick={() => void copy()}>
              Copy the tables
            </button>
          </div>
          <textarea
            ref={table}
            className={css.text}
            readOnly
            aria-label="The tables as text"
            value={text}
            rows={16}
          />
        </section>
      )}
    </main>
  );
}
