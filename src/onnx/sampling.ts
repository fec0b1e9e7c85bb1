/** What the way from noise to rows is written from: a model's sampler as a graph, one file a model. */
import type { Span } from "../encode/span.ts";
import type { Choices } from "../models/choices.ts";
import type { Plain } from "../models/model.ts";
import type { Convolutions } from "../models/picture.ts";
import type { Graph, Value } from "./graph.ts";
import type { Packed } from "./network.ts";

export interface SamplingRequest {
  readonly graph: Graph;
  readonly spans: readonly Span[];
  /** Numbers in an encoded row. */
  readonly width: number;
  /** The model's settings. */
  readonly own: Choices;
  /** Those that sampling uses, all to be taken. */
  readonly weights: Packed;
  readonly fitted: Plain;
  /** What convolutions go over, where the networks are of those. */
  readonly convolutions: Convolutions | undefined;
}

/**
 * Writes the whole sampler and gives its rows, [rows, width]. It asks for noise in the order in which the model's
 * `sample` does, so that the same numbers give the same rows.
 */
export type Sampling = (request: SamplingRequest) => Value;
