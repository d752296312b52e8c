const minuteMs = 60_000;

/** How many did not understand, minute by minute, up to now; the last minutes only. */
export function confusionByMinute(marks: readonly number[], now: number, minutes: number): number[] {
  const last = Math.floor(now / minuteMs);
  const counts = new Array<number>(minutes).fill(0);
  for (const at of marks) {
    const index = Math.floor(at / minuteMs) - last + minutes - 1;
    if (index >= 0 && index < minutes) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
