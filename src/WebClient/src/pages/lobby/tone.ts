/** Two soft notes on the chosen loudspeaker. */
export async function playTone(speaker: string): Promise<void> {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = out.stream;
  if (speaker) await (element as HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> }).setSinkId?.(speaker).catch(() => undefined);
  for (const [frequency, at] of [
    [523, 0],
    [784, 0.35],
  ] as const) {
    const note = context.createOscillator();
    const volume = context.createGain();
    note.frequency.value = frequency;
    volume.gain.setValueAtTime(0, context.currentTime + at);
    volume.gain.linearRampToValueAtTime(0.25, context.currentTime + at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + at + 0.5);
    note.connect(volume).connect(out);
    note.start(context.currentTime + at);
    note.stop(context.currentTime + at + 0.55);
  }
  await element.play().catch(() => undefined);
  setTimeout(() => void context.close(), 1500);
}
