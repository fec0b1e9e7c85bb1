/**
 * Parts of the page that nobody sees at first: their code comes after the first
 * paint, all of it, so that the page goes on without a network.
 */
import { lazy, type ComponentType, type LazyExoticComponent } from "react";

const waiting: (() => Promise<unknown>)[] = [];

/** A component whose code comes later; whoever draws it says in a `Suspense` what stands there until then. */
export function later<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  waiting.push(load);
  return lazy(async () => ({ default: await load().catch(() => missing) }));
}

/** Where the server has gone or has newer files, the rest of the page still works. */
const missing = (): string => "This part of the page could not be loaded. Reload the page to try again.";

/** Fetches what is waiting. Call after the first paint; what fails now is tried again when it is drawn. */
export function fetchLater(): void {
  for (const load of waiting.splice(0)) load().catch(() => {});
}
