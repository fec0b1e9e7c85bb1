/** The few parts of plotly.js that are used here. */
declare module "plotly.js/lib/core" {
  export interface Trace {
    readonly type: "scatter";
    readonly mode: "lines";
    readonly name: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly line: {
      readonly color: string;
      readonly width: number;
      readonly dash?: "solid" | "dash" | "dot";
    };
    readonly hovertemplate: string;
    readonly connectgaps: boolean;
  }
  export type Layout = Readonly<Record<string, unknown>>;
  export type Config = Readonly<Record<string, unknown>>;
  interface Plotly {
    react(
      element: HTMLElement,
      traces: readonly Trace[],
      layout: Layout,
      config: Config,
    ): Promise<HTMLElement>;
    /** A data: address of the picture. */
    toImage(
      element: HTMLElement,
      options: {
        readonly format: "png" | "svg";
        readonly width: number;
        readonly height: number;
        readonly scale: number;
      },
    ): Promise<string>;
    purge(element: HTMLElement): void;
  }
  const plotly: Plotly;
  export default plotly;
}
