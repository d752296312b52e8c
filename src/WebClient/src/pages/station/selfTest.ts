import { http } from '@/api/http';
import type { LinkMeasurement, SeatTest, StationSelfTest } from '@/generated/contracts';
import { openCamera, openMicrophone } from '@/live/devices';
import { measureLine } from '@/live/picture/measure';
import type { StationConfig } from './config';
import { listenTo, lookAt } from './probe';

/** Where the test gets pictures and sound from: devices of its own, or those that are sent already. */
export interface TestSource {
  camera(seat: string, cameraId: string): Promise<MediaStreamTrack>;
  microphone(id: string): Promise<MediaStreamTrack>;
  /** What the test no longer needs. */
  release(track: MediaStreamTrack): void;
}

/** Before a lesson nobody uses the devices: each is opened for a moment. */
export const ownDevices: TestSource = {
  camera: (_seat, id) => openCamera(id, true),
  microphone: (id) => openMicrophone(id),
  release: (track) => track.stop(),
};

/** In a lesson they are open: what is sent is what is tested. */
export function sentTracks(tracks: Map<string, MediaStreamTrack>, microphone: string): TestSource {
  const take = (name: string) => {
    const track = tracks.get(name);
    return track ? Promise.resolve(track) : Promise.reject(new Error(`no ${name}`));
  };
  return { camera: (seat) => take(seat), microphone: () => take(microphone), release: () => undefined };
}

/** A device that gives nothing in that time is out of order, and the others are still to be tested. */
const patienceMs = 15_000;
/** The server may be busy with the lines of other stations, and is asked again then. */
const linePatienceMs = 90_000;

/**
 * Cameras deliver moving pictures, the microphone hears something, the line carries something; the server is told.
 * @param signal a lesson wants the devices and the line: the test gives both back at once, and says nothing
 */
export async function runSelfTest(config: StationConfig, source: TestSource, signal?: AbortSignal): Promise<StationSelfTest> {
  const seats: SeatTest[] = [];
  // One after the other: opening several cameras at once makes some drivers fail.
  for (const { seat, cameraId } of config.seats) {
    seats.push({ seat, result: cameraId === null ? 'later' : await testWith(() => source.camera(seat, cameraId), lookAt, source, signal) });
  }
  const microphone = config.microphoneId ? await testWith(() => source.microphone(config.microphoneId!), listenTo, source, signal) : 'unused';
  signal?.throwIfAborted();
  const options = { bearer: config.deviceToken, ...(signal ? { signal } : {}) };
  const measuring = measureLine(options);
  const link: LinkMeasurement | null = await soon(measuring, linePatienceMs, signal).catch(() => null);
  signal?.throwIfAborted();
  const test = { seats, microphone, link };
  await http.post('/api/stations/self-test', test, options);
  return test;
}

async function testWith(
  open: () => Promise<MediaStreamTrack>,
  look: (track: MediaStreamTrack) => Promise<string>,
  source: TestSource,
  signal?: AbortSignal,
): Promise<string> {
  signal?.throwIfAborted();
  const opening = open();
  try {
    return await soon(opening.then(look), patienceMs, signal);
  } catch {
    signal?.throwIfAborted();
    return 'missing';
  } finally {
    // Also one that opens too late.
    void opening.then(source.release, () => undefined);
  }
}

function soon<T>(work: Promise<T>, withinMs: number, signal?: AbortSignal): Promise<T> {
  const end = AbortSignal.any([AbortSignal.timeout(withinMs), ...(signal ? [signal] : [])]);
  return Promise.race([work, new Promise<never>((_, reject) => end.addEventListener('abort', () => reject(new Error('no answer')), { once: true }))]);
}

const agesMs = 30 * 60_000;
const beforeBellMs = 2 * 3_600_000;

/** A test is due at the start, and again when one stands before a bell with an old one. */
export function isTestDue(lastAt: number | null, now: number, bell: number | null): boolean {
  if (lastAt === null) return true;
  return bell !== null && bell > now && bell - now <= beforeBellMs && now - lastAt >= agesMs;
}
