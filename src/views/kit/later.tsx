/** Parts of the page whose code comes after the first paint, so that there is something to see sooner. */
import { useEffect, useState, type ComponentType, type ReactNode } from "react";
import { t } from "../../language/words.ts";

/**
 * A component that is fetched when it is first shown.
 *
 * @param waiting stands in its place until then.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [state, setState] = useState<"waiting" | "there" | "failed">(loaded ? "there" : "waiting");
    useEffect(() => {
      if (loaded !== undefined) return setState("there");
      load().then(
        (component) => {
          loaded = component;
          setState("there");
        },
        () => setState("failed"),
      );
    }, []);
    if (state === "failed")
      return <p role="alert">{t`A part of this page could not be loaded. Reload the page to try again.`}</p>;
    const Loaded = loaded;
    return state === "there" && Loaded ? <Loaded {...props} /> : waiting;
  };
}
