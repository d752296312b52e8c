import { computed, type Ref } from 'vue';
import { toast } from '@/design/toast';
import * as edit from '@/editor/editList';
import type { Proposal } from '@/editor/proposals';
import { recordings as t } from '@/i18n/recordings';
import type { Replay } from '@/replay/useReplay';
import type { DraftEditing } from './useDraft';
import type { EditorPlayback } from './useEditorPlayback';

/** How long a clip is that was just added. */
const newClipMs = 30_000;

interface Cutting {
  draft: DraftEditing;
  playback: EditorPlayback;
  replay: Replay;
  lessonMs: number;
  seatRefs: string[];
  locked: Readonly<Ref<boolean>>;
}

/** What the editor does to the cut, at the playhead and the chosen clip. Nothing while it is locked. */
export function useCut({ draft, playback, replay, lessonMs, seatRefs, locked }: Cutting) {
  const { selected, clip } = playback;
  const clips = computed(() => draft.content.value.clips);

  function change(next: edit.Clips, key: string | null = null): void {
    if (!locked.value && next !== clips.value) draft.change({ clips: next }, key);
  }

  const setIn = (ms: number) => change(edit.setIn(clips.value, selected.value, ms));
  const setOut = (ms: number) => change(edit.setOut(clips.value, selected.value, ms, lessonMs));

  return {
    change,
    /** Without a time: at the playhead. Times that are written instead of pressed are shown at once. */
    setIn(ms?: number): void {
      setIn(ms ?? replay.position.value);
      if (ms !== undefined) replay.seek(clip.value.inMs);
    },
    setOut(ms?: number): void {
      setOut(ms ?? replay.position.value);
      if (ms !== undefined) replay.seek(Math.max(clip.value.inMs, clip.value.outMs - edit.frameMs));
    },
    split: () => change(edit.split(clips.value, selected.value, replay.position.value)),
    /** A silence is taken out; anywhere else the clip is cut in two. */
    accept(proposal: Proposal): void {
      if (proposal.toMs > proposal.fromMs) return change(edit.cutOut(clips.value, proposal.fromMs, proposal.toMs));
      const index = edit.clipAt(clips.value, proposal.fromMs);
      replay.seek(proposal.fromMs);
      if (index < 0) return;
      change(edit.split(clips.value, index, proposal.fromMs));
      playback.select(Math.min(index + 1, clips.value.length - 1));
    },
    remove: () => change(edit.remove(clips.value, selected.value)),
    add(): void {
      const added = edit.insert(clips.value, replay.position.value, newClipMs, lessonMs, clip.value);
      if (!added) return toast(t('noRoom'));
      change(added.clips);
      playback.select(added.index);
    },
    setLayout: (layout: edit.Clips[number]['layout']) => change(edit.setLayout(clips.value, selected.value, layout, seatRefs)),
    setSeat: (place: number, seatRef: string) => change(edit.setSeat(clips.value, selected.value, place, seatRef)),
    toggleSeat: (seatRef: string) => change(edit.toggleSeat(clips.value, selected.value, seatRef)),
    swapSeats: () => change(edit.swapSeats(clips.value, selected.value)),
  };
}
