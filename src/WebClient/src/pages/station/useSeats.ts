import { computed, onScopeDispose, reactive, shallowReactive, watch } from 'vue';
import { cameraShape, openCamera, openMicrophone, openScreen, slidesShape } from '@/live/devices';
import { isSharp } from '@/live/layers';
import type { LessonSession } from '@/live/lesson';
import type { StationConfig } from './config';
import { isKiosk } from './kiosk';

const retryMs = 3000;
const patienceMs = 10_000;
/** Its place among the tracks. */
export const microphoneName = 'microphone';

/**
 * Opens and publishes the classroom's seats, and keeps at it: a camera that is pulled out comes back when it is plugged in.
 * @param sent all seats that are the station's to send, also those without a camera
 */
export function useSeats(config: StationConfig, sent: string[], session: LessonSession) {
  const tracks = shallowReactive(new Map<string, MediaStreamTrack>());
  const missing = reactive(new Set<string>());
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isOver = false;

  async function keep(name: string, open: () => Promise<MediaStreamTrack>): Promise<void> {
    if (isOver) return;
    try {
      const track = await open();
      if (isOver) return track.stop();
      track.onended = () => {
        tracks.delete(name);
        void keep(name, open);
      };
      tracks.set(name, track);
      missing.delete(name);
    } catch {
      missing.add(name);
      const timer = setTimeout(() => {
        timers.delete(timer);
        void keep(name, open);
      }, retryMs);
      timers.add(timer);
    }
  }

  const screenSeat = config.seats.find((seat) => seat.cameraId === null)?.seat ?? null;
  const cameras = config.seats.filter((seat) => seat.cameraId !== null);
  /** A device that does not answer keeps its place in the background, and the others do not wait for it. */
  async function inTurn(name: string, open: () => Promise<MediaStreamTrack>): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([keep(name, open), late]);
    if (!tracks.has(name)) missing.add(name);
  }

  // One after the other: opening several cameras at once makes some drivers fail.
  void (async () => {
    if (config.microphoneId) await inTurn(microphoneName, () => openMicrophone(config.microphoneId));
    for (const { seat, cameraId } of cameras) await inTurn(seat, () => openCamera(cameraId, true, isSharp(seat) ? slidesShape : cameraShape));
    if (screenSeat && isKiosk()) await keep(screenSeat, openScreen);
  })();

  // The microphone rides in the group of the first seat, also while that seat has no picture. Where appliances send them all there is none.
  const soundSeat = config.seats[0]?.seat ?? sent[0] ?? null;
  const groups = computed(() => {
    const wanted = new Map<string, { video: MediaStreamTrack | null; audio: MediaStreamTrack | null }>();
    for (const seat of new Set([...(soundSeat ? [soundSeat] : []), ...config.seats.map((item) => item.seat)])) {
      wanted.set(seat, { video: tracks.get(seat) ?? null, audio: seat === soundSeat ? (tracks.get(microphoneName) ?? null) : null });
    }
    return wanted;
  });

  watch(
    [groups, session.publish],
    ([wanted, publish]) => {
      for (const [seat, group] of wanted) {
        if (!publish) continue;
        if (group.video || group.audio) void publish.set(seat, group);
        else if (publish.has(seat)) void publish.remove(seat);
      }
    },
    { immediate: true },
  );

  async function toggleScreen(): Promise<void> {
    if (!screenSeat) return;
    const running = tracks.get(screenSeat);
    if (running) {
      running.stop();
      tracks.delete(screenSeat);
      return;
    }
    const track = await openScreen().catch(() => null);
    if (!track) return;
    track.onended = () => tracks.delete(screenSeat);
    tracks.set(screenSeat, track);
  }

  onScopeDispose(() => {
    isOver = true;
    for (const timer of timers) clearTimeout(timer);
    for (const track of tracks.values()) track.stop();
  });

  return { tracks, missing, screenSeat, toggleScreen, isMicrophone: (name: string) => name === microphoneName };
}
