import { inTime, pauseBefore, sleep, type Pace } from './retry';

/** What a question for the server's readiness brings: no word at all is another thing than a word that it is not ready. */
export type Readiness = 'ready' | 'busy' | 'silent';

/** A server that is away refuses at once; one that has just come up may take seconds for its first answer, and a question asked anew waits anew. */
const probeMs = 5000;
/** On a line that is down a question is lost, and so is what the system sends after it, later each time: a new one goes out before the old is given up. */
const nextProbeMs = 750;
/** Browsers open six connections to a server; some stay free for the page. */
const mostProbes = 4;
const quick: Pace = { firstMs: 500, mostMs: 500 };
const slow: Pace = { firstMs: 2000, mostMs: 2000 };
/** A server that is away for that many probes is not just being started again. */
const quickProbes = 120;
/** A server that answers without ever calling itself ready, or whose proxy hides the question, is tried all the same. */
const doubtMs = 15_000;

/** One cheap question whether the server takes traffic. A plain request: browsers hold back pages whose WebSockets fail often. */
export async function isServerReady(): Promise<Readiness> {
  const abort = new AbortController();
  try {
    return (await inTime(fetch('/readyz', { signal: abort.signal, cache: 'no-store', credentials: 'omit' }), probeMs)).ok ? 'ready' : 'busy';
  } catch {
    return 'silent';
  } finally {
    abort.abort();
  }
}

/** Waits for a server that is away, or behind a line that is down. */
export class ServerWatch {
  private misses = 0;
  private asked = 0;

  constructor(
    private readonly isReady: () => Promise<Readiness>,
    private readonly random: () => number = Math.random,
  ) {}

  /**
   * Waits until the server takes traffic, asking one to four times a second.
   * @returns whether it had been there all along.
   */
  async ready(hurry: AbortSignal): Promise<boolean> {
    const enough = new AbortController();
    hurry.addEventListener('abort', () => enough.abort());
    let doubtedFrom = Infinity;
    for (let round = 0; !hurry.aborted && !enough.signal.aborted; round++) {
      const answer = await this.ask(enough);
      if (answer === 'ready') return round === 0;
      if (answer === 'busy') doubtedFrom = Math.min(doubtedFrom, performance.now());
      if (performance.now() - doubtedFrom >= doubtMs) return false;
      if (answer) await sleep(pauseBefore(0, this.misses++ < quickProbes ? quick : slow, this.random), enough.signal);
    }
    return false;
  }

  /** The answer to a new question; undefined when it is late: it is still waited for, beside the next ones. */
  private async ask(enough: AbortController): Promise<Readiness | void> {
    const late = sleep(nextProbeMs, enough.signal);
    if (this.asked >= mostProbes) return late;
    this.asked++;
    const question = this.isReady().then((answer) => {
      this.asked--;
      if (answer !== 'ready') return answer;
      this.misses = 0;
      enough.abort();
      return answer;
    });
    return Promise.race([question, late]);
  }
}
