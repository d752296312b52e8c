import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { toast } from '@/design/toast';
import { desk } from '@/i18n/console';
import { openCamera, openMicrophone, openScreen, type DeviceChoice } from '@/live/devices';
import type { LessonSession } from '@/live/lesson';

export interface OwnMedia {
  camera: ShallowRef<MediaStreamTrack | null>;
  screen: ShallowRef<MediaStreamTrack | null>;
  microphoneOn: Ref<boolean>;
  microphone: ShallowRef<MediaStreamTrack | null>;
  toggleCamera: () => Promise<void>;
  toggleMicrophone: () => Promise<void>;
  toggleScreen: () => Promise<void>;
}

/** The teacher's own camera and microphone (group "camera") and screen (group "screen"). */
export function useOwnMedia(session: LessonSession, choice: DeviceChoice | null): OwnMedia {
  const camera = shallowRef<MediaStreamTrack | null>(null);
  const microphone = shallowRef<MediaStreamTrack | null>(null);
  const screen = shallowRef<MediaStreamTrack | null>(null);
  const microphoneOn = ref(false);
  let isOver = false;

  async function open(slot: typeof camera, opening: Promise<MediaStreamTrack>): Promise<void> {
    const track = await opening;
    if (isOver) return track.stop();
    track.onended = () => {
      if (slot.value === track) slot.value = null;
    };
    slot.value = track;
  }

  function shut(slot: typeof camera): void {
    slot.value?.stop();
    slot.value = null;
  }

  async function toggleCamera(): Promise<void> {
    if (camera.value) return shut(camera);
    await open(camera, openCamera(choice?.camera ?? null)).catch(() => toast(desk('cameraProblem'), 'error'));
  }

  /** Muting keeps the track: silence goes out at once and speech comes back without negotiation. */
  async function toggleMicrophone(): Promise<void> {
    if (!microphone.value) {
      await open(microphone, openMicrophone(choice?.microphone ?? null)).catch(() => toast(desk('micProblem'), 'error'));
      microphoneOn.value = microphone.value !== null;
      return;
    }
    microphoneOn.value = !microphoneOn.value;
    microphone.value.enabled = microphoneOn.value;
  }

  async function toggleScreen(): Promise<void> {
    if (screen.value) return shut(screen);
    // Closing the browser's question is a choice, not a fault.
    await open(screen, openScreen()).catch(() => undefined);
  }

  watch(
    [camera, microphone, session.publish],
    ([video, audio, publish]) => {
      if (video || audio) void publish?.set('camera', { video, audio });
      else void publish?.remove('camera');
    },
    { immediate: true },
  );
  watch([screen, session.publish], ([video, publish]) => void (video ? publish?.set('screen', { video }) : publish?.remove('screen')));

  if (choice?.cameraOn ?? true) void toggleCamera();
  // In a classroom its own microphone is on: a second one would be heard as an echo.
  if ((choice?.microphoneOn ?? true) && !choice?.classroomId) void toggleMicrophone();

  onScopeDispose(() => {
    isOver = true;
    for (const slot of [camera, microphone, screen]) slot.value?.stop();
  });
  return { camera, screen, microphone, microphoneOn, toggleCamera, toggleMicrophone, toggleScreen };
}
