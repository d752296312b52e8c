import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { listDevices, openCamera, openMicrophone, problemOf, type DeviceProblem, type Devices } from './devices';

export interface LocalDevice {
  /** Device id; "" for none. */
  chosen: Ref<string>;
  track: ShallowRef<MediaStreamTrack | null>;
  problem: Ref<DeviceProblem | null>;
  isOpening: Ref<boolean>;
  reopen: () => Promise<void>;
}

/** The list of devices, kept fresh while things are plugged in and out. */
export function useDeviceList(): { devices: ShallowRef<Devices>; refresh: () => Promise<void> } {
  const devices = shallowRef<Devices>({ cameras: [], microphones: [], speakers: [] });
  const refresh = async () => void (devices.value = await listDevices());
  const onChange = () => void refresh();
  navigator.mediaDevices?.addEventListener('devicechange', onChange);
  onScopeDispose(() => navigator.mediaDevices?.removeEventListener('devicechange', onChange));
  void refresh();
  return { devices, refresh };
}

/** One camera or microphone that follows its choice. Closing the page closes the device. */
export function useLocalDevice(kind: 'camera' | 'microphone', initial: string | null, isOn: Ref<boolean>): LocalDevice {
  const chosen = ref(initial ?? '');
  const track = shallowRef<MediaStreamTrack | null>(null);
  const problem = ref<DeviceProblem | null>(null);
  const isOpening = ref(false);
  let round = 0;

  async function reopen(): Promise<void> {
    const mine = ++round;
    track.value?.stop();
    track.value = null;
    problem.value = null;
    isOpening.value = isOn.value;
    if (!isOn.value) return;
    try {
      const opened = await (kind === 'camera' ? openCamera(chosen.value || null) : openMicrophone(chosen.value || null));
      if (mine !== round) return opened.stop();
      opened.onended = () => void reopen();
      track.value = opened;
      chosen.value = opened.getSettings().deviceId ?? chosen.value;
    } catch (error) {
      if (mine === round) problem.value = problemOf(error);
    } finally {
      if (mine === round) isOpening.value = false;
    }
  }

  watch(isOn, () => void reopen());
  watch(chosen, (id) => {
    if (id !== track.value?.getSettings().deviceId) void reopen();
  });
  onScopeDispose(() => {
    round++;
    track.value?.stop();
  });
  void reopen();
  return { chosen, track, problem, isOpening, reopen };
}
