import { expect, test } from "@playwright/test";
import { course, setupOf } from "../src/lessons/course.ts";
import { readLink, writeLink } from "../src/share/link.ts";
import { violations } from "./axe.ts";
import { lab } from "./lab.ts";

const heading = (name: string) => ({ name, level: 2 }) as const;

test.describe("a student takes a lesson", () => {
  test("predicts, trains, reaches the goals, and hands on a link to a step", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { open, inPhase, button, status } = lab(page);
    await open("data=birds");
    await inPhase("ready");
    await button("Learn").click();
    const list = page.getByRole("dialog", { name: "Learn" });
    await expect(list.getByRole("list", { name: "Lessons" }).getByRole("listitem")).toHaveCount(10);
    expect(await violations(page)).toEqual([]);
    await list.getByRole("button", { name: "VAE: squeeze and unfold" }).click();

    const lesson = page.getByRole("region", { name: "VAE: squeeze and unfold" });
    await expect(page.getByRole("heading", heading("VAE: squeeze and unfold"))).toBeFocused();
    await expect(page.locator("html")).toHaveAttribute("data-dataset", "ring");
    await expect(page.locator("html")).toHaveAttribute("data-model", "vae");
    await inPhase("ready");
    await expect(status).not.toContainText("Training");
    await button("Train").click();
    await expect(lesson.getByText("Goal reached.")).toBeVisible();
    await inPhase("finished");

    await lesson.getByRole("button", { name: "Next" }).click();
    await lesson.getByRole("button", { name: "Next" }).click();
    await expect(lesson.getByText("Step 3 of 4")).toBeVisible();
    await inPhase("ready");
    await lesson.getByRole("radio", { name: "Farther" }).check();
    await expect(lesson.getByText("Now run it")).toBeVisible();
    await button("Train").click();
    await inPhase("finished");
    await expect(lesson.getByText("As you said.")).toBeVisible();
    await expect(lesson.getByText("Goal reached.")).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await lesson.getByRole("button", { name: "Copy link to this step" }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain("lesson=vae.beta");
    // At its end a lesson leads to the next one.
    await lesson.getByRole("button", { name: "Next" }).click();
    await lesson.getByRole("button", { name: "Next lesson" }).click();
    await expect(page.getByRole("heading", heading("Diffusion: undo noise, step by step"))).toBeFocused();
    const elsewhere = await context.newPage();
    await elsewhere.goto(link.replace("#", "?backend=wasm#"));
    await expect(elsewhere.getByRole("region", { name: "VAE: squeeze and unfold" })).toContainText(
      "Step 3 of 4",
    );
    await expect(elsewhere.locator("html")).toHaveAttribute("data-model", "vae");
    await expect(elsewhere.locator("html")).toHaveAttribute("data-state", "ready");
    await expect(elsewhere.getByRole("spinbutton", { name: /β/ })).toHaveValue("8");
  });

  test("walks every lesson from first step to last, each by its own link, and leaves a table of their own alone", async ({
    page,
  }) => {
    const { open, inPhase, button, drop, alert, step: stepNow } = lab(page);
    await open("lesson=nothing.here");
    await expect(alert).toContainText("There is no step “here” of a lesson “nothing”.");
    await inPhase("ready");
    const html = page.locator("html");
    const looked = new Set<string>();
    for (const { id, title, steps } of course) {
      const lesson = page.getByRole("region", { name: title, exact: true });
      await button("Learn").click();
      await page.getByRole("dialog").getByRole("button", { name: title, exact: true }).click();
      for (const [i, step] of steps.entries()) {
        const setup = setupOf(step);
        await expect(lesson).toHaveAttribute("data-lesson", `${id}.${step.id}`);
        await expect(lesson.getByText(`Step ${i + 1} of ${steps.length}`)).toBeVisible();
        await expect(lesson.getByRole("heading", { name: step.title, exact: true })).toBeVisible();
        await expect(lesson.getByText("The lab is set for this step.")).toBeVisible();
        await inPhase("ready");
        // A goal asks for an act: none is reached by opening its step.
        await expect(lesson.getByText("Goal reached.")).toHaveCount(0);
        await expect(html).toHaveAttribute("data-dataset", setup.dataset);
        await expect(html).toHaveAttribute("data-model", setup.model);
        // The address says all that the step sets, and is what its own link comes to.
        await expect
          .poll(() => writeLink(readLink(new URL(page.url()).hash).setup))
          .toBe(writeLink({ ...setup, speed: Infinity }));
        if (setup.view !== undefined)
          await expect(page.locator("main [data-view]").first()).toHaveAttribute("data-view", setup.view);
        expect(await stepNow()).toBe(0);
        if (!looked.has(setup.view ?? "")) {
          looked.add(setup.view ?? "");
          expect(await violations(page), `${id}.${step.id}`).toEqual([]);
        }
        const next = lesson.getByRole("button", { name: "Next", exact: true });
        if (i === steps.length - 1) await expect(next).toHaveCount(0);
        else await next.click();
      }
    }
    // The same by the link alone, as a teacher hands it out.
    for (const { id, title, steps } of course) {
      const step = steps.at(-1)!;
      await open(`lesson=${id}.${step.id}`);
      await expect(page.getByRole("region", { name: title, exact: true })).toHaveAttribute(
        "data-lesson",
        `${id}.${step.id}`,
      );
      await expect(html).toHaveAttribute("data-dataset", setupOf(step).dataset);
      await expect(html).toHaveAttribute("data-model", setupOf(step).model);
      await expect(page.getByText("The lab is set for this step.")).toBeVisible();
    }

    await drop("mine.csv", "a,b\n" + Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 3}`).join("\n"));
    await expect(html).toHaveAttribute("data-dataset", "own");
    await button("Learn").click();
    await page.getByRole("dialog").getByRole("button", { name: course[0]!.title }).click();
    await expect(page.getByText("The lab is not as this step has it.")).toBeVisible();
    await expect(html).toHaveAttribute("data-dataset", "own");
    await page.getByRole("button", { name: "Set the lab" }).click();
    await expect(html).toHaveAttribute("data-dataset", "birds");
    await page.getByRole("button", { name: "Close the lesson" }).click();
    await expect(page.getByRole("button", { name: "Close the lesson" })).toHaveCount(0);
    // Their own table can't come back; the lab as it opens can.
    await page.getByRole("button", { name: "Set the lab as it opens" }).click();
    await inPhase("ready");
    await expect(page.getByRole("region", { name: "After the lesson" })).toHaveCount(0);

    const steps = page.getByRole("spinbutton", { name: "Steps", exact: true });
    await steps.fill("900");
    await steps.press("Enter");
    await button("Learn").click();
    await page.getByRole("dialog").getByRole("button", { name: "VAE: squeeze and unfold" }).click();
    await expect(steps).toHaveValue("1500");
    await button("Close the lesson").click();
    await expect(steps).toHaveValue("1500");
    await button("Set the lab as it was before").click();
    await expect(steps).toHaveValue("900");
    await expect(html).toHaveAttribute("data-dataset", "birds");
  });

  test("is handed a lesson on paper: its words, boxes to tick, links and sources, and nothing of the lab", async ({
    page,
  }) => {
    const { open, inPhase, button } = lab(page);
    await page.addInitScript(() => {
      globalThis.print = () => document.documentElement.setAttribute("data-printed", "");
    });
    await open("lesson=vae.beta");
    await inPhase("ready");
    await button("Print").click();
    await expect(page.locator("html")).toHaveAttribute("data-printed", "");
    const handout = page.getByRole("main", { name: "Handout: VAE: squeeze and unfold" });
    await expect(handout).toBeHidden();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect(handout).toBeVisible();
    await expect(page.getByRole("main")).toHaveCount(1);
    await expect(button("Train")).toBeHidden();
    const { steps, sources } = course.find(({ id }) => id === "vae")!;
    for (const { id, title, predict, goal } of steps) {
      await expect(handout).toContainText(title);
      await expect(handout).toContainText(`#v=1&lesson=vae.${id}`);
      if (goal) await expect(handout).toContainText(goal.words);
      if (predict) {
        await expect(handout).toContainText(predict.question);
        // What comes of it is for the lab to say.
        await expect(handout).not.toContainText(predict.why);
      }
    }
    for (const { url } of sources) await expect(handout).toContainText(url);
    await expect(handout.locator("section").first()).toHaveCSS("color", "rgb(0, 0, 0)");
    expect(await violations(page)).toEqual([]);
    const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/gu);
    expect(pages!.length).toBeLessThanOrEqual(3);
    await page.emulateMedia({ media: "screen" });
    await button("Close the lesson").click();
    await page.emulateMedia({ media: "print" });
    await expect(button("Train")).toBeVisible();
  });
});

test.describe("the quickest goal of each lesson is reached with the settings that its step suggests:", () => {
  for (const { id, title, steps } of course) {
    const quickest = steps
      .flatMap((step) => (step.goal === undefined ? [] : [{ ...step, goal: step.goal }]))
      .toSorted((a, b) => a.goal.withinSeconds - b.goal.withinSeconds)[0]!;
    test(`${id}.${quickest.id}`, async ({ page }) => {
      const { open, inPhase, button } = lab(page);
      const { figure } = quickest.goal;
      await open(`lesson=${id}.${quickest.id}`);
      await inPhase("ready");
      const lesson = page.getByRole("region", { name: title, exact: true });
      await expect(lesson.getByText("Goal reached.")).toHaveCount(0);
      await button(figure === "verdict" ? "Run" : "Train").click();
      if (figure === "report") {
        await inPhase("finished");
        await button("Make the report").click();
      }
      await expect(lesson.getByText("Goal reached.")).toBeVisible();
    });
  }
});
