/** Where ink that could not be sent is kept, by lesson. */
export const unsentPrefix = 'classroom.ink.';

/** Whether an earlier page left ink that it could not send. Apart from the queue, so that pages without ink do not fetch that. */
export function hasUnsent(lessonId: string, storage: Pick<Storage, 'getItem'>): boolean {
  try {
    return storage.getItem(unsentPrefix + lessonId) !== null;
  } catch {
    return false;
  }
}
