/** How the pauses between tries grow. Milliseconds. */
export interface Pace {
  firstMs: number;
  mostMs: number;
}

/**
 * The pause before try number `attempt` (0 is the first one again): it doubles up to the longest, and half of it is chance,
 * so that a class of tablets that lost the same server does not come back in step.
 */
export function pauseBefore(attempt: number, { firstMs, mostMs }: Pace, random: () => number = Math.random): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 16));
  return whole * (0.5 + random() / 2);
}

/** Rejects when the promise has not settled by then; its late result is nobody's any more. */
export async function inTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time.')), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves after that time, or at once when there is no more reason to wait. */
export function sleep(milliseconds: number, hurry: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (hurry.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      hurry.removeEventListener('abort', done);
      resolve();
    }
    hurry.addEventListener('abort', done);
  });
}
