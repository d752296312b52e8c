/** A place in a chart: from the left and from the bottom, 0 to 1. */
export type ChartPoint = readonly [x: number, y: number];

export const chartWidth = 600;
export const chartHeight = 180;

/** As polylines of the chart's own drawing take them. */
export function toPoints(line: readonly ChartPoint[]): string {
  return line.map(([x, y]) => `${(x * chartWidth).toFixed(1)},${((1 - y) * chartHeight).toFixed(1)}`).join(' ');
}
