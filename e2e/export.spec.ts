import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { lab } from "./lab.ts";

test("an engineer takes a trained model away as ONNX, to draw rows elsewhere", async ({ page }) => {
  const { open, inPhase, button, status } = lab(page);
  await open("data=birds&model=ctgan&steps=20");
  await inPhase("ready");
  await expect(button("Export ONNX")).toBeDisabled();
  await button("Train").click();
  await inPhase("finished");
  const arriving = page.waitForEvent("download");
  await button("Export ONNX").click();
  const download = await arriving;
  expect(download.suggestedFilename()).toBe("island-birds-ctgan.zip");
  await expect(status).toContainText("Model exported.");
  const files = unzipSync(await readFile(await download.path()));
  expect(Object.keys(files)).toEqual(["model.onnx", "model.decoder.json"]);
  const decoder = JSON.parse(strFromU8(files["model.decoder.json"]!)) as {
    inputs: { name: string; choices?: { column: string; probability: number }[] }[];
    columns: { name: string }[];
  };
  expect(decoder.inputs.map(({ name }) => name)).toEqual(["normal", "uniform", "condition"]);
  expect(decoder.columns.map(({ name }) => name)).toContain("species");
  const choices = decoder.inputs[2]!.choices!;
  expect(choices.some(({ column }) => column === "species")).toBe(true);
  expect(choices.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
});
