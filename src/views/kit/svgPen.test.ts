import { describe, expect, it } from "vitest";
import { svgPen } from "./svgPen.ts";

const measure = { font: "", measureText: (text: string) => ({ width: 6 * text.length }) as TextMetrics };
const open = () => svgPen({ width: 200, height: 100 }, measure, "rgb(255, 255, 255)");

describe("the pen that writes SVG", () => {
  it("writes strokes, fills and text where a canvas would draw them", () => {
    const { pen, text } = open();
    pen.strokeStyle = "red";
    pen.beginPath();
    pen.moveTo(1, 2);
    pen.lineTo(3.14159, 4);
    pen.stroke();
    pen.globalAlpha = 0.5;
    pen.fillRect(1, 1, 10, 10);
    pen.globalAlpha = 1;
    pen.textAlign = "right";
    pen.fillText("a", 5, 6);
    expect(text()).toContain('<path d="M1 2L3.14 4" fill="none" stroke="red" stroke-width="1"/>');
    expect(text()).toContain('fill="#000" opacity="0.5"/>');
    expect(text()).toContain('text-anchor="end"');
  });

  it("clips between save and restore, and nowhere else", () => {
    const { pen, text } = open();
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, 50, 50);
    pen.clip();
    pen.beginPath();
    pen.arc(20, 20, 3, 0, 2 * Math.PI);
    pen.fill();
    pen.restore();
    pen.fillRect(0, 0, 1, 1);
    expect(text()).toMatch(/<path d="M17 20a3[^>]* clip-path="url\(#clip0\)"\/>/u);
    expect(text()).toMatch(/<rect x="0" y="0" width="1" height="1" fill="#000"\/><\/svg>/u);
  });

  it("keeps a label from becoming markup", () => {
    const { pen, text } = open();
    pen.fillText('<image href="https://evil.example"/>&', 0, 0);
    expect(text()).toContain("&lt;image href=&quot;https://evil.example&quot;/&gt;&amp;</text>");
    expect(text()).not.toContain("<image");
  });
});
