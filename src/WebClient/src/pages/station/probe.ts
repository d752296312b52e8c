/** Looks at a picture and listens to a microphone for a moment, as a technician would. */
const frameWidth = 48;
const frameHeight = 27;
const lookMs = 2_000;
const looks = 5;
/** Even in an empty room a camera's picture is never twice the same; one of a test card or a frozen device is. */
const leastChange = 1;

export type PictureResult = 'ok' | 'still';

export async function lookAt(track: MediaStreamTrack): Promise<PictureResult> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  const context = Object.assign(document.createElement('canvas'), { width: frameWidth, height: frameHeight }).getContext('2d', { willReadFrequently: true });
  try {
    await video.play();
    let before: Uint8ClampedArray | null = null;
    for (let look = 0; look < looks; look++) {
      await pause(lookMs / looks);
      context?.drawImage(video, 0, 0, frameWidth, frameHeight);
      const now: Uint8ClampedArray | undefined = context?.getImageData(0, 0, frameWidth, frameHeight).data;
      if (now && before && changeOf(before, now) >= leastChange) return 'ok';
      before = now ?? null;
    }
    return 'still';
  } finally {
    video.srcObject = null;
  }
}

/** The largest difference of a single colour value between two pictures. */
export function changeOf(before: ArrayLike<number>, now: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < now.length; index++) most = Math.max(most, Math.abs(now[index]! - before[index]!));
  return most;
}

export type SoundResult = 'ok' | 'silent';

/** A room is never quite silent; a microphone that is switched off or muted at its button is. */
const leastSound = 1e-5;
const listenMs = 1_500;

export async function listenTo(track: MediaStreamTrack): Promise<SoundResult> {
  const context = new AudioContext();
  try {
    await context.resume();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    for (let waited = 0; waited < listenMs; waited += 100) {
      await pause(100);
      analyser.getFloatTimeDomainData(samples);
      if (samples.some((sample) => Math.abs(sample) > leastSound)) return 'ok';
    }
    return 'silent';
  } finally {
    void context.close();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
