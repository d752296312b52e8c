import type { RecordingEvent } from '@/generated/contracts';

/** Why a place is proposed for a cut. */
export type ProposalKind = 'silence' | 'slide' | 'mark' | 'question' | 'turn';

/** A cut that the lesson itself suggests; for silence the whole stretch, otherwise a moment. */
export interface Proposal {
  kind: ProposalKind;
  fromMs: number;
  toMs: number;
}

/** Loudness of one track, from moment to moment. */
export interface TrackPeaks {
  startMs: number;
  perSecond: number;
  /** 0 to 100, in parts of full scale. */
  peaks: readonly number[];
}

/** Quieter than this nobody speaks; a room with its fans is louder than nothing. */
const quiet = 3;

/** Shorter pauses belong to speech. */
const shortestSilenceMs = 3000;

/** A little of the pause stays on either side. */
const marginMs = 400;

/** Someone who says a word is no turn. */
const shortestTurnMs = 4000;

/** Moments closer than this are one. */
const nearMs = 1000;

/** Stretches in which no microphone hears anything. Nothing is silent where nothing was recorded. */
export function silences(tracks: readonly TrackPeaks[], durationMs: number): Proposal[] {
  const stepMs = 100;
  const steps = Math.floor(durationMs / stepMs);
  const found: Proposal[] = [];
  let since: number | null = null;
  for (let step = 0; step <= steps; step++) {
    const isSilent = step < steps && tracks.length > 0 && tracks.every((track) => loudnessAt(track, step * stepMs) <= quiet);
    if (isSilent) since ??= step * stepMs;
    else if (since !== null) {
      if (step * stepMs - since >= shortestSilenceMs) found.push({ kind: 'silence', fromMs: since + marginMs, toMs: step * stepMs - marginMs });
      since = null;
    }
  }
  return found;
}

/** Moments at which the lesson itself turns: a page, a question, a mark, somebody else who speaks for a while. */
export function moments(events: readonly RecordingEvent[]): Proposal[] {
  const found: Proposal[] = [];
  const add = (kind: ProposalKind, at: number) => found.push({ kind, fromMs: Math.max(0, at), toMs: Math.max(0, at) });
  for (const event of events) {
    if (event.kind === 'mark') add('mark', event.at);
    else if (event.kind === 'surface.show') add('slide', event.at);
    else if (event.kind === 'question.ask') add('question', event.at);
  }
  for (const at of turns(events)) add('turn', at);
  return thinned(found.sort((a, b) => a.fromMs - b.fromMs));
}

function turns(events: readonly RecordingEvent[]): number[] {
  const speaking = events.filter((event) => event.kind === 'speaker');
  return speaking.filter((event, index) => index > 0 && (speaking[index + 1]?.at ?? Infinity) - event.at >= shortestTurnMs).map((event) => event.at);
}

/** Of moments that are close together the first stays: a slide that is turned by the one who begins to speak is one place to cut. */
function thinned(sorted: readonly Proposal[]): Proposal[] {
  const kept: Proposal[] = [];
  for (const proposal of sorted) {
    const last = kept.at(-1);
    if (!last || proposal.fromMs - last.fromMs >= nearMs) kept.push(proposal);
  }
  return kept;
}

function loudnessAt(track: TrackPeaks, ms: number): number {
  return track.peaks[Math.floor(((ms - track.startMs) / 1000) * track.perSecond)] ?? 0;
}
