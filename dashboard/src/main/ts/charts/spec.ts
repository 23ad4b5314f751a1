import type { TemplateResult } from 'lit-html';

/** A chart over time, in words that do not depend on who draws it. Times are ms, values are for drawing only. */
export interface TimeChart {
  from: number;
  to: number;
  zone: string;
  /** What stands above the axis of values. */
  unit: string;
  layers: Layer[];
  /** Smallest and greatest value that must be on the axis, besides what the layers hold. */
  include?: number[];
  /** About how many ticks the axis of values has. */
  ticks?: number;
  /** How a value of the axis is written. */
  axis: (value: number) => string;
  /** Room on the right for labels at the ends of lines, px; on a phone the second. */
  right?: [number, number];
  /** Room on the left for the axis, px, so that charts below each other stand alike; without it, as much as its words take. */
  left?: number;
  /** Leaves the names of times to the chart below, which shares them. */
  bare?: boolean;
  /** Stops for the pointer and the arrow keys, by time. */
  stops: Stop[];
  /** What is to be seen, in a sentence. */
  label: string;
  table: { head: string[]; rows: () => string[][] };
  /** Called with the range that was chosen by dragging. */
  zoom?: (from: number, to: number) => void;
}

/** A place that can be pointed at: an interval, and what is said of it. */
export interface Stop {
  from: number;
  to: number;
  /** Title and rows; a row of one is a sentence. */
  tip: () => Tip;
}

export interface Tip {
  title: string;
  rows: ([string, string] | [string])[];
  sum?: [string, string];
}

export type Layer =
  /** A line through values at instants; null is a gap. */
  | { kind: 'line'; color: string; ink?: string; points: [number, number | null][]; name?: string; value?: string; area?: boolean; dot?: boolean; thin?: boolean }
  /** Means over intervals: a line that stands still over each. */
  | { kind: 'steps'; color: string; ink?: string; items: Span[]; name?: string; value?: string; area?: boolean; halo?: boolean; labelAt?: number }
  /** Energy of intervals. */
  | { kind: 'bars'; color: string; items: (Span & { estimated?: boolean; running?: boolean })[] }
  /** One part of a stack, from what lies under it. */
  | { kind: 'stack'; color: string; items: { from: number; to: number; low: number; high: number }[]; name?: string; value?: string; ink?: string; end?: number }
  /** Between two values over intervals. */
  | { kind: 'band'; color: string; opacity: number; items: { from: number; to: number; low: number; high: number }[]; name?: string; end?: number; ink?: string }
  /** Above zero in one colour, below in another. */
  | { kind: 'net'; above: string; below: string; items: Span[]; names?: [string, string]; inks?: [string, string] }
  /** A value to compare with: a tick across the interval. */
  | { kind: 'ticks'; color: string; items: Span[] }
  /** Nothing is known here. */
  | { kind: 'gaps'; items: { from: number; to: number; text?: string }[] }
  /** Something that is not as it should be. */
  | { kind: 'marks'; items: Mark[] };

export interface Span {
  from: number;
  to: number;
  value: number | null;
}

export interface Mark {
  from: number;
  to: number;
  value: number;
  /** The value that was expected, where there is one. */
  usual: number | null;
  high: boolean;
  /** An outline round a whole run. */
  run: boolean;
  title: string;
  text: string;
}

export type Content = TemplateResult;
