/** Sampling of `models/masked.ts` and `models/maskedDdgan.ts`: columns filled in over a few passes, each row in an order of its own. */
import { discretisation, readCuts, type Cut } from "../models/discretisation.ts";
import { numberCells } from "../models/decoder.ts";
import { singly, type Groups } from "../models/filling.ts";
import { fittedOf, groupsBy } from "../models/maskedDdgan.ts";
import { columns as columnsOf } from "./columns.ts";
import { arithmetic, type Value } from "./graph.ts";
import { network } from "./network.ts";
import type { Sampling, SamplingRequest } from "./sampling.ts";

export const maskedSampling: Sampling = (request) =>
  filledIn(request, {
    cuts: readCuts(request.spans, request.fitted),
    hidden: "hidden",
    passes: request.own.number("samplingSteps"),
    latent: 0,
  });

export const maskedDdganSampling: Sampling = (request) => {
  const { cuts, between } = fittedOf(request.spans, request.fitted);
  return filledIn(request, {
    cuts,
    groups: groupsBy(between),
    hidden: "generator",
    passes: request.own.number("steps"),
    latent: request.own.number("latent"),
  });
};

interface Filling {
  readonly cuts: readonly Cut[];
  /** What is filled in at once; each column by itself where nothing is said. */
  readonly groups?: Groups | undefined;
  /** The setting that names the net's hidden layers. */
  readonly hidden: string;
  /** At most so many; no more than there are columns. */
  readonly passes: number;
  /** Width of the noise that the net is given at each pass. */
  readonly latent: number;
}

function filledIn(
  { graph, spans, width: rowWidth, own, weights }: SamplingRequest,
  { cuts, groups = singly, hidden, passes: most, latent }: Filling,
): Value {
  const { add, sub, mul, less, concat, columns: columnsAt } = arithmetic(graph);
  const discrete = discretisation(spans, rowWidth, cuts);
  const { width } = discrete;
  const variables = discrete.spans.length;
  const columns = columnsOf(graph, discrete.spans, width);
  const sizes = [width + variables + latent, ...own.sizes(hidden), width];
  const net = network(graph, sizes, weights, { hidden: "silu", residual: true });
  const passes = Math.min(most, variables);

  /** In which pass each column is filled: the rank of its group among the numbers of its row, dealt evenly to the passes. */
  const numbers = graph.noise("uniform", variables);
  const together = groups(Array.from({ length: variables }, (_, v) => v), passes); // prettier-ignore
  const many = together.length;
  const ascending = (of: Value): Value =>
    graph.second("TopK", [of, graph.integers([many])], { axis: 1, largest: 0, sorted: 1 });
  const firsts = columnsAt(numbers, together.map(([column]) => column!)); // prettier-ignore
  const rank = graph.node("Cast", [ascending(ascending(firsts))], { to: 1 });
  const groupPass = graph.node("Floor", [graph.node("Div", [mul(rank, passes), graph.scalar(many)])]);
  const groupOf = Array.from({ length: variables }, (_, v) => together.findIndex((group) => group.includes(v))); // prettier-ignore
  const passOf = columnsAt(groupPass, groupOf);

  const drawn = graph.noiseOf("uniform", variables, passes);
  const noise = latent > 0 ? graph.noiseOf("normal", latent, passes) : undefined;
  const ends = Array.from({ length: passes }, (_, pass) => pass + 0.5);
  const [codes] = graph.loop(passes, [mul(numbers, 0), less(-0.5, passOf)], (pass, [filled, masked]) => {
    const seen = mul(columns.oneHot(filled!), sub(1, columns.spread(masked!)));
    const logits = net.forward(concat(seen, masked!, ...(noise === undefined ? [] : [noise(pass)])));
    const end = graph.node("Gather", [graph.constant(ends, [passes]), pass], { axis: 0 });
    const still = less(end, passOf);
    const now = mul(columns.drawCodes(logits, drawn(pass)), sub(masked!, still));
    return [add(filled!, now), still];
  });
  return rowsOf(codes!);

  /** Codes as encoded rows: of each variable its category, and a place within the bin. */
  function rowsOf(chosenCodes: Value): Value {
    /** For each value of a variable, by its place: the position that it makes 1 (−1: none), and its stretch. */
    const hot = new Float32Array(width).fill(-1);
    const stretch = {
      low: new Float32Array(width),
      range: new Float32Array(width),
      power: new Float32Array(width),
    };
    /** Where bins keep training values: from which of the stock on, and among how many. */
    const copies = { start: new Float32Array(width), count: new Float32Array(width) };
    /** For each position of a row, the variable that fills it; and whether with a number. */
    const filledBy = Array.from({ length: rowWidth }, () => 0);
    const isNumber = new Float32Array(rowWidth);
    /** The positions that hold numbers, in order: as many draws a row are taken. */
    const cells = discrete.decodings.flatMap((each) => numberCells(each).map((cell) => each.rowStart + cell));
    const numberOf = Array.from({ length: variables }, () => 0);
    for (const {
      from,
      variables: many,
      start: first,
      rowStart,
      rowWidth: cells,
      ...made
    } of discrete.decodings)
      discrete.spans.slice(from, from + many).forEach(({ start, width: values }, i) => {
        const v = from + i;
        for (let place = start; place < start + values; place++)
          for (let at = rowStart; at < rowStart + cells; at++) {
            const cell = (place - first) * cells + at - rowStart;
            if (made.categories[cell] === 1) [hot[place], filledBy[at]] = [at, v];
            // No bin's power is 0, whether its numbers are drawn or copied.
            if (made.power[cell] === 0) continue;
            [filledBy[at], isNumber[at], numberOf[v]] = [v, 1, at];
            [copies.start[place], copies.count[place]] = [
              made.copies?.start[cell] ?? 0,
              made.copies?.count[cell] ?? 0,
            ];
            [stretch.low[place], stretch.range[place], stretch.power[place]] = [
              made.low[cell]!,
              made.range[cell]!,
              made.power[cell]!,
            ];
          }
      });

    const positions = graph.constant(Array.from({ length: rowWidth }, (_, at) => at), [1, rowWidth]); // prettier-ignore
    const starts = graph.constant(discrete.spans.map(({ start }) => start), [1, variables]); // prettier-ignore
    const places = graph.node("Cast", [add(chosenCodes, starts)], { to: 7 });
    const of = (table: Float32Array): Value => graph.node("Gather", [graph.constant(table, [width]), places]);
    const hotAt = graph.node("Equal", [columnsAt(of(hot), filledBy), positions]);
    const chosen = graph.node("Cast", [hotAt], { to: 1 });
    if (cells.length === 0) return chosen;
    const u = columnsAt(graph.noise("uniform", cells.length), numberOf.map((at) => Math.max(0, cells.indexOf(at)))); // prettier-ignore
    const drawnWithin = (): Value => {
      const within = graph.node("Pow", [graph.node("Max", [u, graph.scalar(1e-7)]), of(stretch.power)]);
      return add(of(stretch.low), mul(of(stretch.range), within));
    };
    const copied = (stock: Float32Array): Value => {
      const picks = add(of(copies.start), graph.node("Floor", [mul(u, of(copies.count))]));
      const at = graph.node("Cast", [picks], { to: 7 });
      return graph.node("Gather", [graph.constant(stock, [stock.length]), at]);
    };
    const valued = discrete.stock === undefined ? drawnWithin() : copied(discrete.stock);
    const mask = graph.constant(isNumber, [1, rowWidth]);
    return add(mul(columnsAt(valued, filledBy), mask), chosen);
  }
}
