import { computed, ref, watch, type Ref } from 'vue';
import { frameMs } from '@/editor/editList';
import { FilmClock } from '@/editor/filmClock';
import type { Content } from '@/editor/content';
import type { Replay } from '@/replay/useReplay';

const shuttle = [1, 1.5, 2];

/** Playing in the editor: through the clips as the film will be, or freely through the lesson. */
export function useEditorPlayback(replay: Replay, content: Readonly<Ref<Content>>) {
  const selected = ref(0);
  /** Play leaves a clip at its end for the next one. */
  const filmOnly = ref(true);
  const clip = computed(() => content.value.clips[Math.min(selected.value, content.value.clips.length - 1)]!);
  const isInside = computed(() => replay.position.value >= clip.value.inMs && replay.position.value < clip.value.outMs);
  const clock = computed(() => new FilmClock(content.value.clips, content.value.opening, content.value.closing));
  /** Where the playhead stands in the film; null outside its clips. */
  const filmPosition = computed(() => (isInside.value ? clock.value.filmIn(selected.value, replay.position.value) : null));

  watch(() => content.value.clips.length, (count) => {
    selected.value = Math.min(selected.value, count - 1);
  });

  watch(replay.position, (at, before) => {
    const { clips } = content.value;
    if (!replay.playing.value || !filmOnly.value || before >= clip.value.outMs || at < clip.value.outMs) return;
    const next = clips[selected.value + 1];
    if (next) {
      selected.value++;
      replay.seek(next.inMs);
    } else {
      replay.pause();
      replay.seek(clip.value.outMs - frameMs);
    }
  });

  function select(index: number): void {
    selected.value = index;
  }

  function play(): void {
    const isAtEnd = replay.position.value >= clip.value.outMs - frameMs;
    if (filmOnly.value && (!isInside.value || isAtEnd)) {
      if (isAtEnd) selected.value = 0;
      replay.seek(clip.value.inMs);
    }
    replay.play();
  }

  return {
    selected, clip, clock, isInside, filmOnly, filmPosition, select,
    toggle: () => (replay.playing.value ? replay.pause() : play()),
    step(ms: number): void {
      replay.pause();
      replay.seek(replay.position.value + ms);
    },
    /** J K L as editors know them: back, stop, on (faster at each press). */
    back(): void {
      replay.setRate(1);
      replay.seek(replay.position.value - 2000);
    },
    stop(): void {
      replay.setRate(1);
      replay.pause();
    },
    faster(): void {
      if (replay.playing.value) replay.setRate(shuttle[Math.min(shuttle.length - 1, shuttle.indexOf(replay.rate.value) + 1)] ?? 1);
      else play();
    },
  };
}

export type EditorPlayback = ReturnType<typeof useEditorPlayback>;
