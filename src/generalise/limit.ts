/** One sentence of what synthetic rows are not good for, or of what is not known of them. */

export type LimitTopic = "scarcity" | "fidelity" | "usefulness" | "privacy" | "groups" | "fairness" | "generalisation"; // prettier-ignore

export interface Limit {
  readonly topic: LimitTopic;
  /** Whether something was found that speaks against the rows, or is simply so, or was not looked at. */
  readonly weight: "found" | "so" | "unknown";
  readonly sentence: string;
}

export const found = (topic: LimitTopic, sentence: string): Limit => ({ topic, weight: "found", sentence });
export const so = (topic: LimitTopic, sentence: string): Limit => ({ topic, weight: "so", sentence });
export const unknown = (topic: LimitTopic, sentence: string): Limit => ({
  topic,
  weight: "unknown",
  sentence,
});
