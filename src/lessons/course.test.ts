import { describe, expect, it } from "vitest";
import { modelCards } from "../catalog/models.ts";
import { readLink, writeLink } from "../share/link.ts";
import { course, isSet, setupOf, stepAt } from "./course.ts";
import { failures } from "./gallery/failures.ts";
import { isReached } from "./goal.ts";
import { parseWords } from "./words.ts";

const lessons = [...course, ...failures];
const steps = lessons.flatMap((lesson) => lesson.steps.map((step) => ({ lesson, step })));

describe("the course", () => {
  it("has ids that links can carry, each once", () => {
    const ids = steps.map(({ lesson, step }) => `${lesson.id}.${step.id}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length);
    for (const { lesson, step } of steps) {
      const place = { lesson: lesson.id, step: step.id };
      const { lesson: back, setup, faults } = readLink(`#${writeLink(setupOf(step), place)}`);
      expect(faults).toEqual([]);
      expect(back).toEqual(place);
      expect(stepAt(place)).toBe(step);
      expect(isSet(step, setup)).toBe(true);
    }
  });

  it("asks something new at each step: the run of the one before is none of its own, unless it asks for no run", () => {
    const repeated = course.flatMap(({ id, steps }) =>
      steps
        .filter((step, i) => i > 0 && step.goal && isSet(step, setupOf(steps[i - 1]!)))
        .filter(({ goal }) => !goal!.figure.startsWith("report"))
        .map((step) => `${id}.${step.id}`),
    );
    expect(repeated).toEqual([]);
  });

  it("sets nothing that the catalog lacks", () => {
    for (const { step } of steps) {
      if (step.lab === "") continue;
      expect(readLink(`v=1&${step.lab}`).faults, step.id).toEqual([]);
      expect(modelCards.some(({ id }) => id === setupOf(step).model)).toBe(true);
    }
  });

  it("has words that parse, in a length that is read, and sources by https", () => {
    for (const { lesson, step } of steps) {
      for (const text of step.text) {
        expect(parseWords(text).length).toBeGreaterThan(0);
        expect(text.length, step.id).toBeLessThan(420);
      }
      const { predict, goal, note } = step;
      if (predict) expect(predict.options[predict.answer]).toBeDefined();
      if (goal) expect(goal.atLeast ?? goal.atMost).toBeDefined();
      if (note) expect(note.source.url).toMatch(/^https:\/\//u);
      expect(lesson.minutes).toBeLessThanOrEqual(10);
      for (const { url } of lesson.sources) expect(url).toMatch(/^https:\/\//u);
    }
  });
});

describe("the failure gallery", () => {
  it("has two states of the lab for each, counted in steps, and words for its remedy", () => {
    for (const failure of failures) {
      const [seen, worse] = failure.steps.map(setupOf);
      expect([seen!.budget.unit, worse!.budget.unit]).toEqual(["steps", "steps"]);
      expect(isSet(failure.steps[0], worse!), failure.id).toBe(false);
      expect(parseWords(failure.remedy)).not.toEqual([]);
    }
  });
});

describe("a goal", () => {
  const goal = { words: "", figure: "told", withinSeconds: 1 } as const;
  it("is reached by its figure, and by none that is missing", () => {
    expect(isReached({ ...goal, atLeast: 0.7 }, { told: 0.7 }, false)).toBe(true);
    expect(isReached({ ...goal, atLeast: 0.7 }, { told: 0.69, shape: 1 }, false)).toBe(false);
    expect(isReached({ ...goal, atMost: 0.1 }, {}, false)).toBe(false);
    expect(isReached({ ...goal, atMost: 0.1 }, { told: 0.05 }, false)).toBe(true);
    expect(isReached({ ...goal, atMost: 0.1, atEnd: true }, { told: 0.05 }, false)).toBe(false);
    expect(isReached({ ...goal, atMost: 0.1, atEnd: true }, { told: 0.05 }, true)).toBe(true);
  });
});

describe("words", () => {
  it("have pieces by role, and refuse what marks none", () => {
    expect(parseWords("a {real|b c} d")).toEqual([
      { text: "a " },
      { role: "real", text: "b c" },
      { text: " d" },
    ]);
    expect(() => parseWords("a {fake|b}")).toThrow("brace");
  });
});
