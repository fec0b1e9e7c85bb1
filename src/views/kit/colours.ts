/** The tokens of theme.css for whatever is drawn by hand: canvases and plots. */
import { useSyncExternalStore } from "react";

const names = {
  stage: "--stage",
  ink: "--ink",
  ink2: "--ink-2",
  ink3: "--ink-3",
  line: "--line",
  lineStrong: "--line-strong",
  grid: "--grid",
  real: "--real",
  synthetic: "--synthetic",
  holdout: "--holdout",
  source: "--source",
  accent: "--accent",
} as const;

export type Colours = Readonly<Record<keyof typeof names, string>>;

/** What the browser makes of each token now, as rgb() text. */
function read(): Colours {
  const probe = document.createElement("span");
  document.body.append(probe);
  const resolve = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(Object.entries(names).map(([name, token]) => [name, resolve(token)]));
  probe.remove();
  return found as Colours;
}

let current: Colours | undefined;
const listeners = new Set<() => void>();

function changed(): void {
  current = undefined;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  if (listeners.size === 0) dark.addEventListener("change", changed);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) dark.removeEventListener("change", changed);
  };
}

/** The colours of the theme in force; a new object whenever it changes. */
export const useColours = (): Colours => useSyncExternalStore(subscribe, () => (current ??= read()));

export type Theme = "system" | "light" | "dark";

/** For this visit only: nothing is stored. */
export function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  changed();
}
