import { onScopeDispose, ref, shallowReadonly, type Ref } from 'vue';
import { SyncGroup } from './syncGroup';

/** The replay of a page: one sync group, and its state as refs. */
export interface Replay {
  readonly group: SyncGroup;
  readonly durationMs: number;
  readonly position: Readonly<Ref<number>>;
  readonly playing: Readonly<Ref<boolean>>;
  /** Waiting for data although play is pressed. */
  readonly waiting: Readonly<Ref<boolean>>;
  readonly rate: Readonly<Ref<number>>;
  toggle(): void;
  play(): void;
  pause(): void;
  seek(ms: number): void;
  setRate(rate: number): void;
}

/** Twenty times a second: smooth enough for a playhead, cheap enough for a tablet. */
const tickMs = 50;

export function useReplay(durationMs: number): Replay {
  const group = new SyncGroup(durationMs);
  const { clock } = group;
  const position = ref(0);
  const playing = ref(false);
  const waiting = ref(false);
  const rate = ref(1);

  const show = () => {
    const now = performance.now();
    position.value = clock.position(now);
    playing.value = clock.playing;
    waiting.value = clock.playing && clock.held;
    rate.value = clock.rate;
  };
  const act = (act: (now: number) => void) => {
    act(performance.now());
    group.tick(performance.now());
    show();
  };
  const timer = setInterval(() => act(() => undefined), tickMs);
  onScopeDispose(() => {
    clearInterval(timer);
  });

  const play = () => act((now) => clock.play(now));
  const pause = () => act((now) => clock.pause(now));
  return {
    group, durationMs, position: shallowReadonly(position), playing: shallowReadonly(playing), waiting: shallowReadonly(waiting), rate: shallowReadonly(rate),
    play, pause,
    toggle: () => (clock.playing ? pause() : play()),
    seek: (ms) => act((now) => clock.seek(ms, now)),
    setRate: (next) => act((now) => clock.setRate(next, now)),
  };
}
