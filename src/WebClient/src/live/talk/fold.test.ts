import { beforeEach, describe, expect, it } from 'vitest';
import { apply, applyPast, emptyLesson, presentMs, type LiveLesson } from '../state';
import { shownLines } from './audience';
import { confusionByMinute } from './confusion';
import { isSilenced, mayBeHandedTheLead, mayLead } from './voices';

let lesson: LiveLesson;
let seq: number;

beforeEach(() => {
  lesson = emptyLesson();
  seq = 0;
});

function happens(kind: string, body: object = {}, at = 0): number {
  apply(lesson, { seq: ++seq, at, who: 'server', kind, body });
  return seq;
}

const comes = (participantId: string, role: string, classroomId: string | null = null) => happens('join', { participantId, name: participantId, role, classroomId, schoolShortName: null });
const says = (participantId: string, text: string, to: string | null = null) => happens('chat', { participantId, name: participantId, text, to });
const silenced = (id: string) => isSilenced(lesson, lesson.people.get(id)!);

describe('chat', () => {
  it('takes a removed line away from pupils and leaves the staff a trace without its words', () => {
    const line = says('ming', 'rude');
    happens('chat.gone', { seq: line });
    expect(shownLines(lesson, 'gang', false)).toEqual([]);
    expect(shownLines(lesson, 'teacher', true)).toMatchObject([{ isGone: true, text: '' }]);
    expect(lesson.moments.some((moment) => moment.text === 'rude')).toBe(false);
  });

  it('shows staff that come later where a line was', () => {
    says('ming', 'second');
    happens('chat.gone', { seq: 0 });
    expect(lesson.chat.map((line) => line.isGone)).toEqual([true, false]);
  });

  it('shows lines of the own subgroup only, also those from before one came to it, and each once', () => {
    happens('groups.open', { round: 1, groups: [{ id: '101', name: '1', members: ['ming'] }, { id: '102', name: '2', members: ['gang'] }], endsAt: null });
    says('ming', 'ours', 'group:101');
    applyPast(lesson, [{ seq: 1, at: 0, who: 'ming', kind: 'chat', body: { participantId: 'ming', name: 'ming', text: 'earlier', to: 'group:101' } }, { seq, at: 0, who: 'ming', kind: 'chat', body: { participantId: 'ming', name: 'ming', text: 'ours', to: 'group:101' } }]);
    expect(shownLines(lesson, 'ming', false).map((line) => line.text)).toEqual(['earlier', 'ours']);
    expect(shownLines(lesson, 'gang', false)).toEqual([]);
    happens('groups.close');
    expect(shownLines(lesson, 'ming', false)).toEqual([]);
  });
});

describe('questions from pupils', () => {
  it('count each like once and keep what became of them', () => {
    const asked = happens('ask', { participantId: 'ming', name: 'ming', text: 'why' });
    happens('ask.like', { seq: asked, participantId: 'gang' });
    happens('ask.like', { seq: asked, participantId: 'gang' });
    happens('ask.done', { seq: asked, state: 'answered', name: null, text: null });
    expect(lesson.talk.asks).toMatchObject([{ state: 'answered' }]);
    expect(lesson.talk.asks[0]!.likes.size).toBe(1);
  });

  it('appear when the teacher picks one that only the staff had seen', () => {
    happens('ask.done', { seq: 99, state: 'picked', name: 'ming', text: 'why' });
    expect(lesson.talk.asks).toMatchObject([{ seq: 99, name: 'ming', text: 'why', state: 'picked' }]);
  });
});

describe('microphones and the lead', () => {
  beforeEach(() => {
    comes('teacher', 'Teacher', 'room-1');
    comes('own', 'Station', 'room-1');
    comes('far', 'Station', 'room-2');
    comes('ming', 'Student');
  });

  it('muting all leaves the teacher, the classroom the teacher is in, and who is called', () => {
    happens('mute.all', { muted: true });
    comes('late', 'Student');
    expect(['teacher', 'own', 'far', 'ming', 'late'].map(silenced)).toEqual([false, false, true, true, true]);
    happens('stage', { participantId: 'ming', group: 'camera' });
    happens('mute', { participantId: 'far', muted: false });
    expect(['far', 'ming'].map(silenced)).toEqual([false, false]);
    happens('hand', { participantId: 'ming', up: false });
    expect(silenced('ming')).toBe(true);
    happens('mute.all', { muted: false });
    expect(silenced('late')).toBe(false);
  });

  it('muting one lasts until it is lifted', () => {
    happens('mute', { participantId: 'far', muted: true });
    expect([silenced('far'), silenced('own')]).toEqual([true, false]);
    happens('mute', { participantId: 'far', muted: false });
    expect(silenced('far')).toBe(false);
  });

  it('a subgroup talks among itself although all are muted', () => {
    happens('mute.all', { muted: true });
    happens('groups.open', { round: 1, groups: [{ id: '101', name: '1', members: ['ming'] }], endsAt: null });
    expect(silenced('ming')).toBe(false);
  });

  it('the lead is the teacher’s, and of whoever was handed it', () => {
    expect(mayLead(lesson, 'far')).toBe(false);
    happens('lead', { participantId: 'far' });
    expect([mayLead(lesson, 'far'), mayLead(lesson, 'teacher'), mayLead(lesson, 'ming')]).toEqual([true, true, false]);
    expect(mayBeHandedTheLead(lesson, lesson.people.get('ming')!)).toBe(false);
    happens('stage', { participantId: 'ming', group: 'camera' });
    expect(mayBeHandedTheLead(lesson, lesson.people.get('ming')!)).toBe(true);
  });
});

describe('time in the lesson', () => {
  it('counts from the bell and leaves out lost connections', () => {
    apply(lesson, { seq: ++seq, at: -60_000, who: 'ming', kind: 'join', body: { participantId: 'ming', name: 'ming', role: 'Student' } });
    happens('away', { participantId: 'ming' }, 60_000);
    happens('back', { participantId: 'ming' }, 90_000);
    expect(presentMs(lesson.people.get('ming')!, 120_000)).toBe(90_000);
    happens('leave', { participantId: 'ming' }, 120_000);
    expect(presentMs(lesson.people.get('ming')!, 600_000)).toBe(90_000);
  });

  it('the curve of the lost counts by minute and forgets what is long past', () => {
    expect(confusionByMinute([1000, 59_000, 61_000, 250_000], 250_000, 4)).toEqual([1, 0, 0, 1]);
    expect(confusionByMinute([], 10_000, 2)).toEqual([0, 0]);
  });
});
