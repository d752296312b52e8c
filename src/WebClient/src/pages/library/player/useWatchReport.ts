import { onBeforeUnmount, watch, type Ref } from 'vue';
import { http } from '@/api/http';
import type { CoursePlay, WatchedPart, WatchReport } from '@/generated/contracts';
import { FilmMoves, toMoves, type MoveBatch } from '@/media/moves';
import { WatchedParts } from '@/media/watched';

const period = 15_000;

/** Tells the server every quarter of a minute what of a published film was played, what the viewer did with it, and where the viewer is. */
export function useWatchReport(play: CoursePlay, position: Readonly<Ref<number>>, isPlaying: Readonly<Ref<boolean>>): void {
  if (play.card.state !== 'Published') return;
  const parts = new WatchedParts();
  const moves = new FilmMoves();
  const path = `/api/courses/${play.card.id}/watched`;
  watch([position, isPlaying], ([ms, playing]) => {
    parts.at(ms, playing);
    moves.at(ms, playing, Date.now());
  });

  function reportOf(played: WatchedPart[], moved: MoveBatch): WatchReport {
    return { positionMs: Math.round(position.value), parts: played, session: moved.session, moves: toMoves(moved, Date.now()) };
  }

  async function report(): Promise<void> {
    const [played, moved] = [parts.take(), moves.take()];
    if (played.length === 0 && moved.seen.length === 0) return;
    await http.post(path, reportOf(played, moved)).catch(() => {
      parts.giveBack(played);
      moves.giveBack(moved);
    });
  }

  /** A page that is left has no time for an answer. */
  function leave(moved: MoveBatch): void {
    const played = parts.take();
    if (played.length === 0 && moved.seen.length === 0) return;
    navigator.sendBeacon(path, new Blob([JSON.stringify(reportOf(played, moved))], { type: 'application/json' }));
  }

  const timer = setInterval(() => void report(), period);
  const onHidden = () => {
    if (document.visibilityState === 'hidden') leave(moves.take());
  };
  const onGone = () => leave(moves.finish(Date.now()));
  document.addEventListener('visibilitychange', onHidden);
  window.addEventListener('pagehide', onGone);
  watch(isPlaying, (playing) => {
    if (!playing) void report();
  });
  onBeforeUnmount(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onHidden);
    window.removeEventListener('pagehide', onGone);
    onGone();
  });
}
