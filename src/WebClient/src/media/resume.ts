/** Where someone stopped watching, remembered in this browser. Too near to an end is no place to go on from. */
const margin = 5000;

const keyOf = (courseId: string) => `classroom.resume.${courseId}`;

export function rememberPosition(courseId: string, ms: number, durationMs: number): void {
  try {
    if (ms < margin || ms > durationMs - margin) localStorage.removeItem(keyOf(courseId));
    else localStorage.setItem(keyOf(courseId), String(Math.round(ms)));
  } catch {
    // Storage may be forbidden; the film then starts at its beginning.
  }
}

export function isPlaceToGoOn(ms: number, durationMs: number): boolean {
  return ms >= margin && ms <= durationMs - margin;
}

export function rememberedPosition(courseId: string, durationMs: number): number {
  try {
    const ms = Number(localStorage.getItem(keyOf(courseId)) ?? 0);
    return isPlaceToGoOn(ms, durationMs) ? ms : 0;
  } catch {
    return 0;
  }
}
