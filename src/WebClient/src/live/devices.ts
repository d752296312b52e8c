import { recall, remember } from '@/api/ids';

export interface Device {
  id: string;
  label: string;
}

export interface Devices {
  cameras: Device[];
  microphones: Device[];
  speakers: Device[];
}

/** Why a camera or microphone could not be had: denied, missing, busy, or not on a secure page. */
export type DeviceProblem = 'denied' | 'missing' | 'busy' | 'insecure';

export const cameraShape = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };
/** Slides from a capture device: letters before motion. */
export const slidesShape = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 15, max: 30 } };
const speechShape = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

export async function listDevices(): Promise<Devices> {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  const of = (kind: MediaDeviceKind) =>
    all.filter((device) => device.kind === kind && device.deviceId !== '').map((device) => ({ id: device.deviceId, label: device.label || device.deviceId.slice(0, 6) }));
  return { cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') };
}

/** Opens a camera; one that is gone is replaced by any other unless it must be exactly this one. */
export async function openCamera(deviceId: string | null, exact = false, shape: MediaTrackConstraints = cameraShape): Promise<MediaStreamTrack> {
  const stream = await open({ video: { ...shape, ...which(deviceId, exact) } });
  return stream.getVideoTracks()[0]!;
}

export async function openMicrophone(deviceId: string | null): Promise<MediaStreamTrack> {
  const stream = await open({ audio: { ...speechShape, ...which(deviceId, false) } });
  return stream.getAudioTracks()[0]!;
}

/** The screen or a window; only after a click, as browsers want it. */
export async function openScreen(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 25 } } });
  return stream.getVideoTracks()[0]!;
}

export function problemOf(error: unknown): DeviceProblem {
  if (!window.isSecureContext) return 'insecure';
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing';
}

async function open(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new DOMException('Devices need a secure page.', 'SecurityError');
  return navigator.mediaDevices.getUserMedia(constraints);
}

function which(deviceId: string | null, exact: boolean): MediaTrackConstraints {
  return deviceId ? { deviceId: exact ? { exact: deviceId } : { ideal: deviceId } } : {};
}

/** What the lobby remembers, so that the next lesson needs one press. */
export interface DeviceChoice {
  camera: string | null;
  microphone: string | null;
  speaker: string | null;
  cameraOn: boolean;
  microphoneOn: boolean;
  /** The classroom this computer stands in: its sound then comes from the classroom's own loudspeakers. */
  classroomId: string | null;
}

const choiceKey = 'classroom.devices';

export function recallChoice(): DeviceChoice | null {
  return recall<DeviceChoice>(choiceKey);
}

export function rememberChoice(choice: DeviceChoice): void {
  remember(choiceKey, choice);
}
