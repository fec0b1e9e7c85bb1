/** What axe finds wrong with a page: rules of every impact, so that none is let through. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * Rules broken, a line each, with where.
 *
 * @param within a selector, where only a part of the page is meant
 */
export async function violations(page: Page, within?: string): Promise<string[]> {
  // The lab has no frames, for which the other mode opens a second page each time: a third of the time without.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations: found } = await (within === undefined ? axe : axe.include(within)).analyze();
  return found.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact ?? "?"} ${id}: ${node.target.join(" ")}`),
  );
}
