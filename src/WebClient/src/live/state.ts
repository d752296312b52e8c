import { emptyBoard, folds as boardFolds, type BoardLesson } from './board/fold';
import type { EventDto, LessonInfo, LessonRole, LessonState } from '@/generated/contracts';
import { folds as groupFolds } from './groups/fold';
import { emptyGroups, type Groups } from './groups/state';
import { folds as noteFolds } from './notes/fold';
import type { Note } from './notes/state';
import { folds as talkFolds } from './talk/fold';
import { emptyTalk, type ChatLine, type Talk } from './talk/state';
import { emptyPicture, folds as pictureFolds, type PictureState } from './picture/fold';
import { emptyQuestions, folds as questionFolds, type QuestionsState } from './questions/fold';

export interface Person {
  id: string;
  name: string;
  role: LessonRole;
  classroomId: string | null;
  school: string | null;
  isPresent: boolean;
  isAway: boolean;
  /** There is no consent to record them; only the staff is told. */
  isNotRecorded: boolean;
  /** Milliseconds in the lesson up to the last time they went away. */
  presentMs: number;
  /** On the lesson clock; null while away. */
  hereSince: number | null;
}

export interface Publication {
  id: string;
  participantId: string;
  classroomId: string | null;
  group: string;
  kind: 'Audio' | 'Video';
  codec: string;
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
  talk: Talk;
  groups: Groups;
  /** Of observers; on other pages none come. */
  notes: Note[];
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
  picture: PictureState;
  questions: QuestionsState;
  board: BoardLesson;
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
    talk: emptyTalk(),
    groups: emptyGroups(),
    notes: [],
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
    picture: emptyPicture(),
    questions: emptyQuestions(),
    board: emptyBoard(),
  };
}

/** What the join reply knows of the lesson when no event has told it yet. */
export function takeInfo(lesson: LiveLesson, info: LessonInfo): void {
  lesson.state = info.state as LessonState;
  lesson.startedAt = info.startedAt;
  lesson.plannedEnd = info.plannedEnd;
  if (info.pin !== null) lesson.pin = info.pin;
  lesson.picture.hostRoom = info.classrooms.find((room) => room.isHost)?.classroomId ?? null;
}

export type Fold = (lesson: LiveLesson, body: any, event: EventDto) => void;

const ownFolds: Record<string, Fold> = {
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
      isNotRecorded: false,
      presentMs: before?.presentMs ?? 0,
      hereSince: event.at,
    });
    lesson.knocks = lesson.knocks.filter((knock) => knock.participantId !== body.participantId);
    note(lesson, event, body.name, '');
  },
  unrecorded: (lesson, body) => change(lesson, body.participantId, { isNotRecorded: true }),
  leave: (lesson, body, event) => {
    note(lesson, event, nameOf(lesson, body.participantId), '');
    pause(lesson, body.participantId, event.at);
    goes(lesson, body.participantId);
  },
  away: (lesson, body, event) => {
    pause(lesson, body.participantId, event.at);
    change(lesson, body.participantId, { isAway: true });
  },
  back: (lesson, body, event) => change(lesson, body.participantId, { isAway: false, isPresent: true, hereSince: event.at }),
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
  remove: (lesson, body, event) => {
    pause(lesson, body.participantId, event.at);
    goes(lesson, body.participantId);
  },
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
  'chat.gone': (lesson, body) => {
    lesson.moments = lesson.moments.filter((moment) => moment.seq !== body.seq);
  },
};

/** Every part of the lesson looks at the kinds that matter to it. */
const parts: Record<string, Fold>[] = [ownFolds, boardFolds, talkFolds, groupFolds, noteFolds, pictureFolds, questionFolds];

/** Applies one event; one that was applied before changes nothing, an unknown kind is skipped. */
export function apply(lesson: LiveLesson, event: EventDto): void {
  if (event.seq <= lesson.lastSeq) return;
  lesson.lastSeq = event.seq;
  fold(lesson, event);
}

/** Applies what happened before this page could see it, for example in a subgroup that it has come to. */
export function applyPast(lesson: LiveLesson, events: EventDto[]): void {
  for (const event of events) fold(lesson, event);
}

function fold(lesson: LiveLesson, event: EventDto): void {
  for (const part of parts) part[event.kind]?.(lesson, event.body ?? {}, event);
}

export function nameOf(lesson: LiveLesson, participantId: string | null | undefined): string {
  return (participantId && lesson.people.get(participantId)?.name) || '';
}

function change(lesson: LiveLesson, participantId: string, what: Partial<Person>): void {
  const person = lesson.people.get(participantId);
  if (person) Object.assign(person, what);
}

/** How long somebody has been in the lesson, from the bell, at this moment of its clock. */
export function presentMs(person: Person, clock: number): number {
  return person.presentMs + (person.hereSince === null ? 0 : Math.max(0, clock - Math.max(0, person.hereSince)));
}

function pause(lesson: LiveLesson, participantId: string, at: number): void {
  const person = lesson.people.get(participantId);
  if (person) Object.assign(person, { presentMs: presentMs(person, at), hereSince: null });
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
