import type { NoteRow, RecordingEvent, RecordingGapInfo, RecordingTrackInfo } from '../generated/contracts';

/** A stretch of a lane: which seat was on the stage, where something is missing. */
export interface LaneSpan {
  fromMs: number;
  toMs: number;
  label: string;
  /** Seat reference for the stage lane, reason for gaps. */
  ref: string;
}

/** A moment on a lane. */
export interface LanePoint {
  atMs: number;
  label: string;
  kind: 'mark' | 'hand' | 'chat' | 'confused' | 'note';
}

/** What lies under the replay and the editor, folded from the timeline. */
export interface Lanes {
  stage: LaneSpan[];
  gaps: LaneSpan[];
  marks: LanePoint[];
  hands: LanePoint[];
  chat: LanePoint[];
  confused: LanePoint[];
  /** Of observers, for those who may read them. */
  notes: LanePoint[];
}

type Body = Record<string, unknown>;

/** @param events in order of time. */
export function lanesOf(
  events: readonly RecordingEvent[], gaps: readonly RecordingGapInfo[], tracks: readonly RecordingTrackInfo[], durationMs: number,
): Lanes {
  const names = namesOf(events);
  const lanes: Lanes = { stage: stageSpans(events, tracks, names, durationMs), gaps: gapSpans(gaps, durationMs), marks: [], hands: [], chat: [], confused: [], notes: [] };
  for (const event of events) {
    const body = bodyOf(event);
    const atMs = Math.max(0, event.at);
    switch (event.kind) {
      case 'mark':
        lanes.marks.push({ atMs, label: text(body.label), kind: 'mark' });
        break;
      case 'hand':
        if (body.up === true) {
          lanes.hands.push({ atMs, label: names.get(text(body.participantId)) ?? '', kind: 'hand' });
        }
        break;
      case 'chat':
        lanes.chat.push({ atMs, label: `${text(body.name)} ${text(body.text)}`.trim(), kind: 'chat' });
        break;
      case 'confused':
        lanes.confused.push({ atMs, label: '', kind: 'confused' });
        break;
    }
  }
  return lanes;
}

/** The lanes with observers' notes, which do not come with the recording: not everyone who sees it may read them. */
export function withNotes(lanes: Lanes, notes: readonly NoteRow[]): Lanes {
  return { ...lanes, notes: notes.map((note) => ({ atMs: note.at, label: [note.item, note.score, note.text].filter((part) => part !== null && part !== '').join(' · '), kind: 'note' })) };
}

/** Moments worth a jump, in order: marks and changes of the stage. */
export function landmarks(lanes: Lanes): number[] {
  return [...new Set([...lanes.marks.map((mark) => mark.atMs), ...lanes.stage.map((span) => span.fromMs)])].sort((a, b) => a - b);
}

function stageSpans(events: readonly RecordingEvent[], tracks: readonly RecordingTrackInfo[], names: ReadonlyMap<string, string>, durationMs: number): LaneSpan[] {
  const spans: LaneSpan[] = [];
  let open: LaneSpan | null = null;
  for (const event of events.filter((candidate) => candidate.kind === 'stage')) {
    const body = bodyOf(event);
    const atMs = Math.max(0, event.at);
    if (open) {
      open.toMs = atMs;
    }
    open = typeof body.participantId === 'string' ? spanOf(body, tracks, names, atMs, durationMs) : null;
    if (open) {
      spans.push(open);
    }
  }
  return spans.filter((span) => span.toMs > span.fromMs);
}

function spanOf(body: Body, tracks: readonly RecordingTrackInfo[], names: ReadonlyMap<string, string>, fromMs: number, toMs: number): LaneSpan {
  const track = tracks.find((candidate) => candidate.participantId === body.participantId && candidate.group === body.group);
  return { fromMs, toMs, label: track?.schoolName || (names.get(text(body.participantId)) ?? ''), ref: track?.seatRef ?? `${text(body.participantId)}/${text(body.group)}` };
}

function gapSpans(gaps: readonly RecordingGapInfo[], durationMs: number): LaneSpan[] {
  return gaps
    .map((gap) => ({ fromMs: Math.max(0, gap.fromMs), toMs: Math.min(durationMs, gap.toMs), label: gap.reason, ref: gap.reason.split(':')[0] ?? '' }))
    .filter((gap) => gap.toMs > gap.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
}

/** The names of everyone who joined. */
export function namesOf(events: readonly RecordingEvent[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'join') {
      const body = bodyOf(event);
      names.set(text(body.participantId), text(body.name));
    }
  }
  return names;
}

/** Names of those who were there without consent to be recorded. */
export function unrecordedOf(events: readonly RecordingEvent[]): string[] {
  const names = namesOf(events);
  return [...new Set(events.filter((event) => event.kind === 'unrecorded').map((event) => names.get(text(bodyOf(event).participantId)) ?? ''))].filter(Boolean);
}

function bodyOf(event: RecordingEvent): Body {
  try {
    const body: unknown = JSON.parse(event.bodyJson);
    return typeof body === 'object' && body !== null ? (body as Body) : {};
  } catch {
    return {};
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
