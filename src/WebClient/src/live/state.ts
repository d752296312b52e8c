import type { EventDto, LessonInfo, LessonRole, LessonState } from '@/generated/contracts';

export interface Person {
  id: string;
  name: string;
  role: LessonRole;
  classroomId: string | null;
  school: string | null;
  isPresent: boolean;
  isAway: boolean;
  isMuted: boolean;
}

export interface Publication {
  id: string;
  participantId: string;
  classroomId: string | null;
  group: string;
  kind: 'Audio' | 'Video';
  codec: string;
}

export interface ChatLine {
  seq: number;
  at: number;
  participantId: string;
  name: string;
  text: string;
}

export interface Mark {
  seq: number;
  at: number;
  label: string;
  knowledgePointId: string | null;
}

/** One line of the observer's list. */
export interface Moment {
  seq: number;
  at: number;
  kind: string;
  name: string;
  text: string;
}

export interface Knock {
  participantId: string;
  name: string;
}

/** The live lesson as a page shows it: the fold of its timeline. */
export interface LiveLesson {
  lastSeq: number;
  state: LessonState;
  startedAt: number | null;
  plannedEnd: number;
  people: Map<string, Person>;
  publications: Map<string, Publication>;
  stage: { participantId: string; group: string } | null;
  /** Who has the floor; in silence the last one. */
  speaker: { participantId: string; group: string } | null;
  /** Participant ids, first raised first. */
  hands: string[];
  chat: ChatLine[];
  marks: Mark[];
  confused: number[];
  moments: Moment[];
  isDoorLocked: boolean;
  admitsUnknownNames: boolean;
  knocks: Knock[];
  /** Answers to knocks by participant id, for the page that waits. */
  admitted: Map<string, boolean>;
  pin: string | null;
  recording: { state: 'on' | 'paused' | 'off'; reason: string | null };
  /** What keeps the recorder from recording. */
  trouble: 'disk_low' | 'disk_full' | null;
}

export function emptyLesson(): LiveLesson {
  return {
    lastSeq: 0,
    state: 'Planned',
    startedAt: null,
    plannedEnd: 0,
    people: new Map(),
    publications: new Map(),
    stage: null,
    speaker: null,
    hands: [],
    chat: [],
    marks: [],
    confused: [],
    moments: [],
    isDoorLocked: false,
    admitsUnknownNames: true,
    knocks: [],
    admitted: new Map(),
    pin: null,
    recording: { state: 'off', reason: null },
    trouble: null,
  };
}

/** What the join reply knows of the lesson when no event has told it yet. */
export function takeInfo(lesson: LiveLesson, info: LessonInfo): void {
  lesson.state = info.state as LessonState;
  lesson.startedAt = info.startedAt;
  lesson.plannedEnd = info.plannedEnd;
  if (info.pin !== null) lesson.pin = info.pin;
}

type Fold = (lesson: LiveLesson, body: any, event: EventDto) => void;

const folds: Record<string, Fold> = {
  'lesson.opened': (lesson) => {
    lesson.state = 'Open';
  },
  'lesson.started': (lesson, body, event) => {
    lesson.state = 'Live';
    lesson.startedAt = body.startedAt;
    note(lesson, event, '', '');
  },
  'lesson.extended': (lesson, body) => {
    lesson.plannedEnd = body.plannedEnd;
  },
  'lesson.ended': (lesson, _body, event) => {
    lesson.state = 'Ended';
    lesson.recording = { state: 'off', reason: null };
    note(lesson, event, '', '');
  },
  join: (lesson, body, event) => {
    const before = lesson.people.get(body.participantId);
    lesson.people.set(body.participantId, {
      id: body.participantId,
      name: body.name,
      role: body.role,
      classroomId: body.classroomId ?? null,
      school: body.schoolShortName ?? null,
      isPresent: true,
      isAway: false,
      isMuted: before?.isMuted ?? false,
    });
    lesson.knocks = lesson.knocks.filter((knock) => knock.participantId !== body.participantId);
    note(lesson, event, body.name, '');
  },
  leave: (lesson, body, event) => {
    note(lesson, event, nameOf(lesson, body.participantId), '');
    goes(lesson, body.participantId);
  },
  away: (lesson, body) => change(lesson, body.participantId, { isAway: true }),
  back: (lesson, body) => change(lesson, body.participantId, { isAway: false, isPresent: true }),
  publish: (lesson, body) => {
    lesson.publications.set(body.publicationId, {
      id: body.publicationId,
      participantId: body.participantId,
      classroomId: body.classroomId ?? null,
      group: body.group,
      kind: body.kind,
      codec: body.codec,
    });
  },
  unpublish: (lesson, body) => {
    lesson.publications.delete(body.publicationId);
  },
  stage: (lesson, body, event) => {
    lesson.stage = body.participantId ? { participantId: body.participantId, group: body.group } : null;
    note(lesson, event, nameOf(lesson, body.participantId), body.group ?? '');
  },
  speaker: (lesson, body) => {
    lesson.speaker = { participantId: body.participantId, group: body.group };
  },
  hand: (lesson, body, event) => {
    lesson.hands = lesson.hands.filter((id) => id !== body.participantId);
    if (!body.up) return;
    lesson.hands.push(body.participantId);
    note(lesson, event, nameOf(lesson, body.participantId), '');
  },
  chat: (lesson, body, event) => {
    lesson.chat.push({ seq: event.seq, at: event.at, participantId: body.participantId, name: body.name, text: body.text });
    note(lesson, event, body.name, body.text);
  },
  mark: (lesson, body, event) => {
    lesson.marks.push({ seq: event.seq, at: event.at, label: body.label, knowledgePointId: body.knowledgePointId ?? null });
    note(lesson, event, '', body.label);
  },
  confused: (lesson, _body, event) => {
    lesson.confused.push(event.at);
    note(lesson, event, '', '');
  },
  mute: (lesson, body) => change(lesson, body.participantId, { isMuted: body.muted }),
  remove: (lesson, body) => goes(lesson, body.participantId),
  door: (lesson, body) => {
    lesson.isDoorLocked = body.locked;
  },
  unknownNames: (lesson, body) => {
    lesson.admitsUnknownNames = body.admit;
  },
  knock: (lesson, body) => {
    lesson.knocks = [...lesson.knocks.filter((knock) => knock.participantId !== body.participantId), { participantId: body.participantId, name: body.name }];
    lesson.admitted.delete(body.participantId);
  },
  admit: (lesson, body) => {
    lesson.knocks = lesson.knocks.filter((knock) => knock.participantId !== body.participantId);
    lesson.admitted.set(body.participantId, body.admit);
  },
  pin: (lesson, body) => {
    lesson.pin = body.pin ?? null;
  },
  recording: (lesson, body, event) => {
    lesson.recording = { state: body.state, reason: body.reason ?? null };
    note(lesson, event, '', body.state === 'paused' ? (body.reason ?? '') : body.state);
  },
  'recording.trouble': (lesson, body) => {
    lesson.trouble = body.code ?? null;
  },
};

/** Applies one event; one that was applied before changes nothing, an unknown kind is skipped. */
export function apply(lesson: LiveLesson, event: EventDto): void {
  if (event.seq <= lesson.lastSeq) return;
  lesson.lastSeq = event.seq;
  folds[event.kind]?.(lesson, event.body ?? {}, event);
}

export function nameOf(lesson: LiveLesson, participantId: string | null | undefined): string {
  return (participantId && lesson.people.get(participantId)?.name) || '';
}

function change(lesson: LiveLesson, participantId: string, what: Partial<Person>): void {
  const person = lesson.people.get(participantId);
  if (person) Object.assign(person, what);
}

function goes(lesson: LiveLesson, participantId: string): void {
  change(lesson, participantId, { isPresent: false, isAway: false });
  lesson.hands = lesson.hands.filter((id) => id !== participantId);
  lesson.knocks = lesson.knocks.filter((knock) => knock.participantId !== participantId);
  if (lesson.stage?.participantId === participantId) lesson.stage = null;
  if (lesson.speaker?.participantId === participantId) lesson.speaker = null;
  for (const publication of [...lesson.publications.values()]) {
    if (publication.participantId === participantId) lesson.publications.delete(publication.id);
  }
}

function note(lesson: LiveLesson, event: EventDto, name: string, text: string): void {
  lesson.moments.push({ seq: event.seq, at: event.at, kind: event.kind, name, text });
}
