/** 754000 → "12:34"; from one hour on "1:02:03". Never negative. */
export function formatDuration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** 754250 → "12:34.25": hundredths, for in and out points. */
export function formatTimecode(ms: number): string {
  const hundredths = Math.floor((Math.max(0, ms) % 1000) / 10);
  return `${formatDuration(ms)}.${String(hundredths).padStart(2, '0')}`;
}

/** "1:02:03.5", "12:34" or "34" → milliseconds; null when it is no time. */
export function parseTimecode(text: string): number | null {
  const match = /^(?:(\d+):)?(?:(\d{1,2}):)?(\d{1,2}(?:\.\d{1,3})?)$/.exec(text.trim());
  if (!match) {
    return null;
  }
  const [, first, second, rest] = match;
  const hours = second === undefined ? 0 : Number(first ?? 0);
  const minutes = second === undefined ? Number(first ?? 0) : Number(second);
  return Math.round(((hours * 60 + minutes) * 60 + Number(rest)) * 1000);
}
