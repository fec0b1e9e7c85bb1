/** Issue 7: a class without a server: a task by link, results by code. */
import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

test("a teacher sets a task, a student hands in a code, and the class is seen as a scatter", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const { open, inPhase, button } = lab(page);
  await open("data=ring&model=vae&steps=60");
  await inPhase("ready");
  const teach = async (): Promise<void> => {
    await button("Learn").click();
    await button("For teachers: set a task, collect results").click();
  };
  await teach();
  const dialog = page.getByRole("dialog", { name: "A class without a server" });
  await dialog.getByLabel("At most").fill("0.5");
  await dialog.getByLabel("At most").press("Enter");
  await dialog.getByLabel("Model").selectOption("locked");
  await dialog.getByLabel("Steps").selectOption("hidden");
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Copy the task’s link" }).click();
  const link = await copied();
  expect(link).toContain("goal=distance_0.5");

  // The student's lab: what is locked stays, what is hidden is not there.
  const codes: string[] = [];
  for (const [seed, beta] of [
    [0, "0.4"],
    [1, "4"],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(link.replace("#", "?backend=wasm#"));
    await inPhase("ready");
    const task = page.getByRole("region", { name: "Task" });
    await expect(task).toContainText("Distance to held-out rows: 0.5 or less");
    await expect(page.getByRole("combobox", { name: "Model", exact: true })).toBeDisabled();
    await expect(page.getByRole("combobox", { name: "Dataset", exact: true })).toBeDisabled();
    await expect(page.getByRole("spinbutton", { name: "Steps", exact: true })).toHaveCount(0);
    await page.getByRole("spinbutton", { name: /β/ }).fill(beta);
    await page.getByRole("spinbutton", { name: /β/ }).press("Enter");
    await button("Train").click();
    await inPhase("finished");
    await expect(task).toContainText("Now");
    await expect(task.getByLabel("Your result code")).toHaveValue(/^LK1\./);
    if (seed === 0) expect(await violations(page)).toEqual([]);
    codes.push(await task.getByLabel("Your result code").inputValue());
  }
  await page.getByRole("button", { name: "Leave the task" }).click();
  await expect(page.getByRole("combobox", { name: "Model", exact: true })).toBeEnabled();

  // A class of thirty, one code cut off on its way.
  await teach();
  const all = Array.from({ length: 30 }, (_, i) => codes[i % 2]!);
  const [first, second] = codes as [string, string];
  await dialog.getByLabel(/Paste the result codes/).fill([...all, first.slice(0, -8), "hello"].join("\n"));
  await expect(dialog.getByRole("status")).toContainText("2 results read, 28 more than once.");
  await expect(dialog.getByRole("status")).toContainText("Code 31 was changed or cut off");
  await expect(dialog.getByRole("status")).toContainText("Code 32 is no result code");
  expect(first).not.toBe(second);
  await expect(dialog.getByRole("img", { name: /^2 results: β/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Run again result 2" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("spinbutton", { name: /β/ })).toHaveValue("4");
  await inPhase("finished");
});
