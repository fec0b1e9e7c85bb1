import { useEffect, useState } from "react";
import { count, ofMany, t } from "../../language/words.ts";
import { readCode, type HandedIn } from "../../share/resultCode.ts";
import { classAxes } from "../../store/handedIn.ts";
import { taskFigures } from "../../store/task.ts";
import { useActions } from "../context.ts";
import { short } from "../kit/format.ts";
import { ClassScatter } from "./ClassScatter.tsx";
import css from "./Task.module.css";

/** Codes that are read of one paste. */
const mostCodes = 500;

interface Read {
  readonly results: readonly HandedIn[];
  readonly refused: readonly string[];
  /** Codes that were pasted before. */
  readonly again: number;
}

async function readAll(text: string): Promise<Read> {
  const lines = text.split(/\s+/u).filter((line) => line !== "");
  const results: HandedIn[] = [];
  const refused: string[] =
    lines.length > mostCodes ? [t`Only the first ${count(mostCodes)} codes are read.`] : [];
  const seen = new Set<string>();
  let again = 0;
  for (const [i, line] of lines.slice(0, mostCodes).entries()) {
    if (seen.has(line)) {
      again++;
      continue;
    }
    seen.add(line);
    try {
      results.push(await readCode(line));
    } catch (error) {
      refused.push(t`Code ${count(i + 1)} ${(error as Error).message}`);
    }
  }
  return { results, refused, again };
}

/** What the class handed in: as a scatter and as a table, each to be run again. */
export function Collect({ onRun }: { readonly onRun: () => void }) {
  const [text, setText] = useState("");
  const [{ results, refused, again }, setRead] = useState<Read>({ results: [], refused: [], again: 0 });
  useEffect(() => {
    let wanted = true;
    void readAll(text).then((read) => {
      if (wanted) setRead(read);
    });
    return () => {
      wanted = false;
    };
  }, [text]);
  return (
    <section className={css.collect} aria-labelledby="collect-results">
      <h3 id="collect-results">{t`Collect results`}</h3>
      <label htmlFor="codes">{t`Paste the result codes, one after the other`}</label>
      <textarea
        id="codes"
        rows={4}
        value={text}
        onChange={({ target }) => setText(target.value)}
        spellCheck={false}
      />
      <p role="status" className={css.quiet}>
        {results.length > 0 &&
          t`${count(results.length)} ${ofMany(results.length, "result")} read${again > 0 ? t`, ${count(again)} more than once` : ""}. `}
        {refused.slice(0, 5).join(" ")}
        {refused.length > 5 && t` And ${count(refused.length - 5)} more.`}
      </p>
      {results.length > 0 && <Results results={results} onRun={onRun} />}
    </section>
  );
}

function Results({ results, onRun }: { readonly results: readonly HandedIn[]; readonly onRun: () => void }) {
  const { runShared } = useActions();
  const axes = classAxes(results.map(({ setup }) => setup));
  const [key, setKey] = useState("");
  const axis = axes.find((each) => each.key === key) ?? axes[0];
  // What most were asked for is what is drawn; one goal cannot be held against another.
  const figures = [...new Set(results.map(({ figure }) => figure))];
  const figure = figures.toSorted((a, b) => many(results, b) - many(results, a))[0]!;
  const order = results
    .map((result, i) => ({ result, i }))
    .toSorted((a, b) => (taskFigures[figure].better === "less" ? 1 : -1) * (a.result.value - b.result.value));
  const run = ({ setup }: HandedIn): void => {
    onRun();
    runShared({ setups: [setup] });
  };
  return (
    <>
      {figures.length > 1 && (
        <p
          className={css.quiet}
        >{t`The codes are of ${figures.length} goals; drawn is “${taskFigures[figure].words}”.`}</p>
      )}
      {axis && (
        <>
          <p>
            <label>
              {t`Across `}
              <select value={axis.key} onChange={({ target }) => setKey(target.value)}>
                {axes.map((each) => (
                  <option key={each.key} value={each.key}>
                    {each.label}
                  </option>
                ))}
              </select>
            </label>
          </p>
          <ClassScatter
            axis={axis}
            figure={figure}
            values={results.map((result) => (result.figure === figure ? result.value : NaN))}
            onPick={(i) => run(results[i]!)}
          />
        </>
      )}
      <div className={css.wide}>
        <table className={css.results}>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t`Figure`}</th>
              {axes.slice(0, 5).map(({ key: each, label }) => (
                <th key={each} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">{t`Steps`}</th>
              <th scope="col">{t`Seconds`}</th>
              <th scope="col">
                <span className="visuallyHidden">{t`Run`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {order.map(({ result, i }) => (
              <tr key={i}>
                <td>{i + 1}</td>
                <td>
                  {short(result.value)}
                  {result.figure !== figure && ` (${taskFigures[result.figure].words})`}
                </td>
                {axes.slice(0, 5).map(({ key: each, at, names }) => (
                  <td key={each}>{names ? names[at[i]!] : short(at[i]!)}</td>
                ))}
                <td>{count(result.step)}</td>
                <td>{short(result.elapsed)}</td>
                <td>
                  {result.setup.dataset !== "own" && (
                    <button type="button" data-look="link" onClick={() => run(result)}>
                      {t`Run again`}
                      <span className="visuallyHidden">{t` result ${i + 1}`}</span>
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const many = (results: readonly HandedIn[], figure: HandedIn["figure"]): number =>
  results.filter((result) => result.figure === figure).length;
