import { onScopeDispose, reactive } from 'vue';
import type { LessonSession } from './lesson';

/** Frames a second of everything received, by publication id; null while not yet known. */
export function useFrameRates(session: LessonSession): Record<string, number | null> {
  const rates = reactive<Record<string, number | null>>({});
  const before = new Map<string, { frames: number; at: number }>();

  async function measure(): Promise<void> {
    const subscribe = session.subscribe.value;
    for (const publication of session.lesson.publications.values()) {
      if (publication.kind !== 'Video') continue;
      const receiver = subscribe?.receiver(publication.id);
      if (!receiver) continue;
      for (const entry of (await receiver.getStats()).values()) {
        if (entry.type !== 'inbound-rtp') continue;
        const now = { frames: entry.framesDecoded ?? 0, at: performance.now() };
        const last = before.get(publication.id);
        before.set(publication.id, now);
        rates[publication.id] = last && now.frames >= last.frames ? Math.round(((now.frames - last.frames) * 1000) / (now.at - last.at)) : null;
      }
    }
  }

  const timer = setInterval(() => void measure().catch(() => undefined), 2500);
  onScopeDispose(() => clearInterval(timer));
  return rates;
}

export type Health = { state: 'off' | 'waiting' | 'lost' | 'weak' | 'good'; fps: number };

const weakFps = 8;

/** One word for a school's link: the worst of its pictures decides. */
export function healthOf(stations: { isPresent: boolean; isAway: boolean }[], rates: (number | null | undefined)[]): Health {
  const present = stations.filter((station) => station.isPresent);
  if (present.length === 0) return { state: 'off', fps: 0 };
  if (present.every((station) => station.isAway)) return { state: 'lost', fps: 0 };
  if (rates.length === 0) return { state: 'waiting', fps: 0 };
  const known = rates.filter((rate): rate is number => typeof rate === 'number');
  const fps = known.length > 0 ? Math.min(...known) : 25;
  return { state: fps < weakFps ? 'weak' : 'good', fps };
}
