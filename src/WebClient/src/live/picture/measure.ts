import type { LinkEnd, LinkMeasurement } from '@/generated/contracts';

const firstBytes = 128 * 1024;
const mostDownBytes = 2_048 * 1024;
const mostUpBytes = 1_024 * 1024;
/** A slow line gives a true figure with few bytes; a fast one needs more of them. */
const wantedMs = 1_200;
const rounds = 3;
const mostAttempts = 3;
const busyPauseMs = 8_000;

/** The server tests a few lines at a time. */
class LineTestBusy extends Error {}

export interface MeasureOptions {
  signal?: AbortSignal;
  /** A station's device token; pages of people have their cookie. */
  bearer?: string;
}

/** Bandwidth both ways, delay and loss of the line to the server, in about three seconds and at most four megabytes. */
export async function measureLine(options: MeasureOptions = {}): Promise<LinkMeasurement> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await measureOnce(options);
    } catch (error) {
      if (!(error instanceof LineTestBusy) || attempt === mostAttempts) throw error;
      // All the stations of a district wake at the same time: each comes again at a time of its own.
      await new Promise((resolve) => setTimeout(resolve, busyPauseMs * (1 + Math.random())));
    }
  }
}

async function measureOnce(options: MeasureOptions): Promise<LinkMeasurement> {
  const delays: number[] = [];
  for (let round = 0; round < rounds; round++) delays.push(await timed(() => get('line', options)));
  const downKbps = await speed(mostDownBytes, (bytes) => get(`down?bytes=${bytes}`, options));
  const upKbps = await speed(mostUpBytes, (bytes) => send(bytes, options));
  const end = (await (await get('line', options)).json()) as LinkEnd;
  return { downKbps, upKbps, delayMs: end.delayMs ?? Math.round(Math.min(...delays)), lossPercent: end.lossPercent };
}

/** A small piece first, then one that takes about the wanted time. */
async function speed(mostBytes: number, move: (bytes: number) => Promise<Response>): Promise<number> {
  const first = await kbps(firstBytes, move);
  const bytes = Math.round((first * wantedMs) / 8);
  if (bytes <= firstBytes) return Math.round(first);
  return Math.round(await kbps(Math.min(bytes, mostBytes), move));
}

async function kbps(bytes: number, move: (bytes: number) => Promise<Response>): Promise<number> {
  const ms = await timed(async () => {
    const reply = await move(bytes);
    await reply.arrayBuffer();
    return reply;
  });
  return (bytes * 8) / Math.max(1, ms);
}

async function timed(step: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await step();
  return performance.now() - start;
}

function get(path: string, options: MeasureOptions): Promise<Response> {
  return call(path, { method: 'GET' }, options);
}

function send(bytes: number, options: MeasureOptions): Promise<Response> {
  const noise = new Uint8Array(bytes);
  // The browser gives at most 65,536 random bytes at a time.
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536));
  return call('up', { method: 'POST', body: noise }, options);
}

async function call(path: string, init: RequestInit, { signal, bearer }: MeasureOptions): Promise<Response> {
  const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {};
  const reply = await fetch(`/api/link-test/${path}`, { ...init, headers, cache: 'no-store', ...(signal ? { signal } : {}) });
  if (reply.status === 429) throw new LineTestBusy();
  if (!reply.ok) throw new Error(`link test: ${reply.status}`);
  return reply;
}
