import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** Loudness of a local track from 0 to 1, a few times a second, for a bar that moves when someone speaks. */
export function useLevel(track: () => MediaStreamTrack | null): Ref<number> {
  const level = ref(0);
  let stop: () => void = () => undefined;

  watch(
    track,
    (next) => {
      stop();
      level.value = 0;
      stop = next ? listen(next, level) : () => undefined;
    },
    { immediate: true },
  );
  onScopeDispose(() => stop());
  return level;
}

function listen(track: MediaStreamTrack, level: Ref<number>): () => void {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    // A context that was made before the first click sleeps until one.
    if (context.state === 'suspended') void context.resume();
    analyser.getFloatTimeDomainData(samples);
    level.value = toBar(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length));
  }, 100);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}

/** Decibels from −50 to −10 spread over the bar: linear loudness would sit at its left end. */
export function toBar(rms: number): number {
  const decibels = 20 * Math.log10(Math.max(rms, 1e-6));
  return Math.min(1, Math.max(0, (decibels + 50) / 40));
}
