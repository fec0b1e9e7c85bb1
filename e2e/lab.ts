/** What the stories share: the lab as its users find it, by the names and attributes that README promises. */
import { expect, type Locator, type Page } from "@playwright/test";

export type LabPhase = "loading" | "ready" | "training" | "paused" | "finished" | "error";

export interface Lab {
  readonly page: Page;
  /** Opens the lab at a hash (without "#"); WASM unless the story is about another backend. */
  open(hash?: string, query?: string): Promise<void>;
  inPhase(phase: LabPhase): Promise<void>;
  /** Waits until at least `step` steps are done. */
  atStep(step: number): Promise<void>;
  step(): Promise<number>;
  button(name: string): Locator;
  /** Drops text as a file anywhere on the page. */
  drop(name: string, content: string | Buffer): Promise<void>;
  /** Opens a file by the picker. */
  choose(name: string, content: string | Buffer): Promise<void>;
  /** What the status line says. */
  readonly status: Locator;
  readonly alert: Locator;
}

export function lab(page: Page): Lab {
  const root = page.locator("html");
  const step = async (): Promise<number> => Number(await root.getAttribute("data-step"));
  return {
    page,
    open: async (hash = "", query = "?backend=wasm") => {
      await page.goto(`./${query}${hash === "" ? "" : `#v=1&${hash}`}`);
    },
    inPhase: (phase) => expect(root).toHaveAttribute("data-state", phase),
    atStep: (least) => expect.poll(step, { intervals: [50] }).toBeGreaterThanOrEqual(least),
    step,
    button: (name) => page.getByRole("button", { name, exact: true }),
    drop: async (name, content) => {
      const bytes = [...Buffer.from(content)];
      const transfer = await page.evaluateHandle(
        ([file, data]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(data)], file, { type: "text/csv" }));
          return transfer;
        },
        [name, bytes] as const,
      );
      for (const type of ["dragenter", "dragover", "drop"])
        await page.locator("body").dispatchEvent(type, { dataTransfer: transfer });
    },
    choose: (name, content) =>
      page
        .getByLabel("Open a CSV")
        .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) }),
    status: page.getByRole("status").first(),
    alert: page.getByRole("alert"),
  };
}
