import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { toast } from '@/design/toast';
import { groups } from '@/i18n/groups';
import { openCamera, openMicrophone } from '../devices';
import type { LessonSession } from '../lesson';
import { unlockSound } from '../sound';

export interface GroupMedia {
  camera: ShallowRef<MediaStreamTrack | null>;
  microphone: ShallowRef<MediaStreamTrack | null>;
  microphoneOn: Ref<boolean>;
  /** The first press: sound and microphone go on. */
  join: () => Promise<void>;
  toggleMicrophone: () => Promise<void>;
  toggleCamera: () => Promise<void>;
}

const publishedAs = 'camera';

/** What a member sends to the own subgroup: microphone and, if wanted, camera; both go off with the group. */
export function useGroupMedia(session: LessonSession, sound: Ref<boolean>): GroupMedia {
  const camera = shallowRef<MediaStreamTrack | null>(null);
  const microphone = shallowRef<MediaStreamTrack | null>(null);
  const microphoneOn = ref(false);
  let isOver = false;

  async function open(slot: typeof camera, opening: Promise<MediaStreamTrack>, problem: 'micProblem' | 'cameraProblem'): Promise<void> {
    try {
      const track = await opening;
      if (isOver) track.stop();
      else slot.value = track;
    } catch {
      toast(groups(problem), 'error');
    }
  }

  async function toggleMicrophone(): Promise<void> {
    if (!microphone.value) {
      await open(microphone, openMicrophone(null), 'micProblem');
      microphoneOn.value = microphone.value !== null;
      return;
    }
    microphoneOn.value = !microphoneOn.value;
    microphone.value.enabled = microphoneOn.value;
  }

  async function toggleCamera(): Promise<void> {
    if (!camera.value) return open(camera, openCamera(null), 'cameraProblem');
    camera.value.stop();
    camera.value = null;
  }

  async function join(): Promise<void> {
    sound.value = true;
    unlockSound();
    if (!microphone.value) await toggleMicrophone();
  }

  watch([camera, microphone, session.publish], ([video, audio, publish]) => {
    if (video || audio) void publish?.set(publishedAs, { video, audio });
    else void publish?.remove(publishedAs);
  });

  onScopeDispose(() => {
    isOver = true;
    camera.value?.stop();
    microphone.value?.stop();
    void session.publish.value?.remove(publishedAs);
  });
  return { camera, microphone, microphoneOn, join, toggleMicrophone, toggleCamera };
}
