import { onBeforeUnmount, shallowRef } from 'vue';
import type { TrackPeaks } from '@/editor/proposals';
import type { RecordingTrackInfo } from '@/generated/contracts';
import { mediaAddress } from '@/media/address';
import { parseStoryboard, type StoryboardTile } from '@/media/storyboard';
import type { ReplaySeat } from '@/replay/seats';

/** A small picture of a seat, on the lesson's clock. */
export interface SeatTile extends StoryboardTile {
  /** Address of the image that it is a part of. */
  source: string;
}

/** What the server found out about the tracks once after the lesson; empty where it is still at it. */
export function useAnalysis(seats: readonly ReplaySeat[], mediaBase: string) {
  const peaks = shallowRef<ReadonlyMap<string, TrackPeaks[]>>(new Map());
  const tiles = shallowRef<ReadonlyMap<string, SeatTile[]>>(new Map());
  const abort = new AbortController();
  onBeforeUnmount(() => abort.abort());

  async function fetchText(url: string): Promise<string | null> {
    const reply = await fetch(mediaAddress(mediaBase, url), { signal: abort.signal }).catch(() => null);
    return reply?.ok ? reply.text() : null;
  }

  async function readPeaks(track: RecordingTrackInfo): Promise<TrackPeaks[]> {
    const text = track.peaksUrl ? await fetchText(track.peaksUrl) : null;
    return text ? [{ startMs: track.startMs, ...(JSON.parse(text) as Pick<TrackPeaks, 'perSecond' | 'peaks'>) }] : [];
  }

  async function readTiles(track: RecordingTrackInfo): Promise<SeatTile[]> {
    const text = track.stripUrl ? await fetchText(track.stripUrl) : null;
    const folder = mediaAddress(mediaBase, track.stripUrl ?? '').replace(/[^/]*$/, '');
    return parseStoryboard(text ?? '').map((tile) => ({ ...tile, fromMs: tile.fromMs + track.startMs, toMs: tile.toMs + track.startMs, source: folder + tile.image }));
  }

  for (const seat of seats) {
    void Promise.all(seat.tracks.map(readPeaks)).then((found) => {
      if (found.flat().length > 0) peaks.value = new Map([...peaks.value, [seat.ref, found.flat()]]);
    });
    void Promise.all(seat.tracks.map(readTiles)).then((found) => {
      if (found.flat().length > 0) tiles.value = new Map([...tiles.value, [seat.ref, found.flat()]]);
    });
  }
  return { peaks, tiles };
}
