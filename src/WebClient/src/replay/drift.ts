/** What a follower does about its distance from the master clock. */
export type Correction = { kind: 'steady' } | { kind: 'rate'; rate: number } | { kind: 'seek' };

/** Below this the eye and the ear notice nothing: play at the plain rate. */
const closeEnough = 0.02;

/** A correction that has begun goes on until this close, so that it does not flutter round the limit. */
const arrived = 0.006;

/** Beyond this a jump is kinder than ten seconds of faster speech. */
const tooFar = 0.6;

/** Browsers keep the pitch of speech at such small changes. */
const strongest = 0.08;

/**
 * Chooses between doing nothing, playing a little faster or slower, and jumping.
 * @param drift follower minus master, in seconds; positive is ahead.
 * @param correcting whether the last answer was a changed rate.
 */
export function correct(drift: number, baseRate: number, correcting: boolean): Correction {
  const distance = Math.abs(drift);
  if (distance > tooFar) {
    return { kind: 'seek' };
  }
  if (distance <= (correcting ? arrived : closeEnough)) {
    return { kind: 'steady' };
  }
  const change = Math.min(strongest, Math.max(0.01, distance * 0.5));
  return { kind: 'rate', rate: baseRate * (drift > 0 ? 1 - change : 1 + change) };
}
