import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./scripts/chromium.mjs";

/** Not the port of `npm start`, so that a lab that is open meanwhile is not what gets tested. */
const port = Number(process.env["E2E_PORT"] ?? 4319);
const executablePath = findChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Two files at a time, as CI has two cores: a story trains for a third of its time and waits for the page the rest.
  workers: 2,
  retries: process.env["CI"] ? 1 : 0,
  forbidOnly: Boolean(process.env["CI"]),
  // Limits end what hangs; what only takes its time on a busy machine is none of their business.
  timeout: 300_000,
  expect: { timeout: 120_000 },
  reporter: [["list"], ["./scripts/e2eReport.mjs"]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: { args: [...chromiumFlags], ...(executablePath !== undefined && { executablePath }) },
    screenshot: "only-on-failure",
  },
  webServer: {
    command: `node scripts/serve.mjs --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
