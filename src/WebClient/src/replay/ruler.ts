const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);

/** Times to write on a ruler so that two of them are never closer than a label is wide. */
export function rulerTicks(durationMs: number, widthPx: number, labelPx = 72): number[] {
  if (durationMs <= 0 || widthPx <= 0) return [];
  const step = steps.find((candidate) => (candidate / durationMs) * widthPx >= labelPx) ?? steps[steps.length - 1]!;
  return Array.from({ length: Math.floor(durationMs / step) + 1 }, (_, index) => index * step);
}
