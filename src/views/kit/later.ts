/**
 * Parts of the page that nobody sees at first: their code comes after the first
 * paint, all of it, so that the page goes on without a network.
 */
import { createElement, lazy, useState, type ComponentType } from "react";

const waiting: (() => Promise<unknown>)[] = [];

/** A component whose code comes later; whoever draws it says in a `Suspense` what stands there until then. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let here: ComponentType<Props> | undefined;
  const fetched = async (): Promise<ComponentType<Props>> => (here ??= await load());
  const fetching = lazy(async () => ({ default: await fetched().catch(() => missing) }));
  waiting.push(fetched);
  // React shows what stands in for a lazy component for a while even where its code is here already.
  return (props) => createElement(useState(() => ({ component: here ?? fetching }))[0].component, props);
}

/** Where the server has gone or has newer files, the rest of the page still works. */
const missing = (): string => "This part of the page could not be loaded. Reload the page to try again.";

/** Fetches what is waiting. Call after the first paint; what fails now is tried again when it is drawn. */
export function fetchLater(): void {
  for (const fetched of waiting.splice(0)) fetched().catch(() => {});
}
