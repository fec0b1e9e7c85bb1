/**
 * What the page begins with: the words of the language that the address asks for, on hand before any module of the lab
 * is evaluated, so that a module's constants may be sentences. English waits for nothing.
 */
import { languageIn, spokenIn } from "../language/choice.ts";

const language = languageIn(location.search);

async function begin(): Promise<void> {
  const spoken = await spokenIn(language);
  if (spoken !== undefined) {
    Object.assign(globalThis, { spoken });
    document.documentElement.lang = language;
  }
  await import("./main.tsx");
}

void begin();
