const key = 'classroom.reloaded';
const restMs = 60_000;

/** The page is about to be loaded anew because a part of it did not come. */
export function noteReload(storage: Storage, now: number): void {
  storage.setItem(key, String(now));
}

/** Whether it may load itself anew: a part that never comes, though the server answers, would have it do so for ever. */
export function mayReload(storage: Storage, now: number): boolean {
  return now - Number(storage.getItem(key) ?? -restMs) >= restMs;
}
