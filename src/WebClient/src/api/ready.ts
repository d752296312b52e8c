import { inTime, pauseBefore, sleep, type Pace } from './retry';

/** A server that is away refuses at once; one that has just come up may take seconds for its first answer, and a question asked anew waits anew. */
const probeMs = 5000;
const quick: Pace = { firstMs: 500, mostMs: 500 };
const slow: Pace = { firstMs: 2000, mostMs: 2000 };
/** A server that is away for that many probes is not just being started again. */
const quickProbes = 120;
/** A server that answers without ever calling itself ready, or whose proxy hides the question, is tried all the same. */
const doubtMs = 15_000;

/** One cheap question whether the server takes traffic. A plain request: browsers hold back pages whose WebSockets fail often. */
export async function isServerReady(): Promise<boolean> {
  const abort = new AbortController();
  try {
    return (await inTime(fetch('/readyz', { signal: abort.signal, cache: 'no-store', credentials: 'omit' }), probeMs)).ok;
  } catch {
    return false;
  } finally {
    abort.abort();
  }
}

/** Waits for a server that is away. */
export class ServerWatch {
  private misses = 0;

  constructor(
    private readonly isReady: () => Promise<boolean>,
    private readonly random: () => number = Math.random,
  ) {}

  /**
   * Waits until the server takes traffic, asking two to four times a second.
   * @returns whether it had been there all along.
   */
  async ready(hurry: AbortSignal): Promise<boolean> {
    for (let waited = 0; waited < doubtMs && !hurry.aborted; ) {
      if (await this.isReady()) {
        this.misses = 0;
        return waited === 0;
      }
      const pause = pauseBefore(0, this.misses++ < quickProbes ? quick : slow, this.random);
      await sleep(pause, hurry);
      waited += pause;
    }
    return false;
  }
}
