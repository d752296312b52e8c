import { beforeEach, describe, expect, it } from 'vitest';
import type { RosterPupil } from '@/generated/contracts';
import { apply, emptyLesson, type LiveLesson } from '../state';
import { currentQuestion } from './fold';
import { expectedPeople, missingFrom, tabletsOf } from './people';
import { answerValue, readNumber, tallyOf } from './tally';

let lesson: LiveLesson;
let seq: number;

beforeEach(() => {
  lesson = emptyLesson();
  seq = 0;
});

function happens(kind: string, body: object = {}, who = 'server'): void {
  apply(lesson, { seq: ++seq, at: 0, who, kind, body });
}

function asks(questionId: string, kind = 'Single', choices = ['', '', '']): void {
  happens('question.ask', { questionId, preparedId: null, kind, text: 'What?', choices, seconds: 0, points: 1, knowledgePointId: null, askedAt: 1000, closesAt: null });
}

const answers = (who: string, questionId: string, ...choices: number[]) => happens('answer', { questionId, value: answerValue({ choices }), ms: 500 }, who);

function comes(id: string, name: string, classroomId: string | null = null): void {
  happens('join', { participantId: id, name, role: 'Student', classroomId, schoolShortName: null });
}

describe('the questions of a lesson', () => {
  it('have one on the screens until it is put away or the next is asked', () => {
    asks('q1');
    expect(currentQuestion(lesson)?.id).toBe('q1');
    happens('question.done', { questionId: 'q1' });
    expect(currentQuestion(lesson)).toBeNull();
    asks('q2');
    asks('q3');
    expect([currentQuestion(lesson)?.id, lesson.questions.asked.map((question) => question.isDone)]).toEqual(['q3', [true, true, false]]);
  });

  it('count the last answer of each', () => {
    asks('q1');
    answers('a', 'q1', 0);
    answers('a', 'q1', 1);
    answers('b', 'q1', 1);
    expect(tallyOf(currentQuestion(lesson)!)).toMatchObject({ answered: 2, counts: [0, 2, 0], right: null });
  });

  it('are closed, revealed and judged', () => {
    asks('q1');
    answers('a', 'q1', 2);
    happens('question.extend', { questionId: 'q1', closesAt: 9000 });
    happens('question.close', { questionId: 'q1' });
    expect(currentQuestion(lesson)).toMatchObject({ stage: 'closed', closesAt: 9000, answer: null });
    happens('score', { questionId: 'q1', participantId: 'a', right: true, points: 1 });
    happens('question.reveal', { questionId: 'q1', answer: { choices: [2] }, tally: { answered: 1, right: 1, counts: [0, 0, 1], numbers: [] } });
    expect(currentQuestion(lesson)).toMatchObject({ stage: 'revealed', answer: { choices: [2] }, tally: { right: 1 } });
    expect(currentQuestion(lesson)?.answers.get('a')).toMatchObject({ right: true, points: 1 });
  });

  it('show one answer to everyone until it is hidden', () => {
    asks('q1', 'Text', []);
    happens('question.show', { questionId: 'q1', text: 'mine', picture: null });
    expect(currentQuestion(lesson)?.shown).toEqual({ text: 'mine', picture: null });
    happens('question.show', { questionId: 'q1', text: null, picture: null });
    expect(currentQuestion(lesson)?.shown).toBeNull();
  });

  it('put the most frequent numbers first', () => {
    asks('q1', 'Number', []);
    for (const [who, number] of [['a', 3], ['b', 2], ['c', 3]] as const) happens('answer', { questionId: 'q1', value: answerValue({ number }), ms: 1 }, who);
    expect(tallyOf(currentQuestion(lesson)!).numbers).toEqual([{ number: 3, count: 2 }, { number: 2, count: 1 }]);
  });
});

describe('the names that are missing', () => {
  const pupil = (id: string, name: string, classroomId: string): RosterPupil => ({ id, number: id, name, classroomId, className: '5.1', schoolName: classroomId, schoolShortName: classroomId });
  const roster = [pupil('1', 'Ming', 'near'), pupil('2', 'Hong', 'near'), pupil('3', 'Ming', 'far')];

  it('are the roster and the guests who are here, told apart by classroom', () => {
    comes('m', 'Ming', 'near');
    comes('f', 'Ming', 'far');
    comes('g', 'Guest');
    asks('q1');
    answers('f', 'q1', 0);
    const missing = missingFrom(currentQuestion(lesson)!, expectedPeople(lesson, roster));
    expect(missing.here.map((child) => [child.name, child.school])).toEqual([['Ming', 'near'], ['Guest', null]]);
    expect(missing.absent.map((child) => child.name)).toEqual(['Hong']);
  });

  it('do not hold a child that answered on a tablet it has no more', () => {
    comes('old', 'Ming', 'near');
    asks('q1');
    answers('old', 'q1', 0);
    happens('leave', { participantId: 'old' });
    comes('new', 'Ming', 'near');
    expect(missingFrom(currentQuestion(lesson)!, expectedPeople(lesson, roster)).here).toEqual([]);
  });

  it('do not hold a guest who went home', () => {
    comes('g', 'Guest');
    happens('leave', { participantId: 'g' });
    expect(expectedPeople(lesson, []).length).toBe(0);
  });
});

describe('the tablets', () => {
  it('are looking, elsewhere or offline', () => {
    comes('a', 'A');
    comes('b', 'B');
    comes('c', 'C');
    happens('tablet.looks', { participantId: 'b', looking: false });
    happens('away', { participantId: 'c' });
    expect(tabletsOf(lesson)).toEqual({ looking: ['A'], elsewhere: ['B'], offline: ['C'] });
    happens('tablet.looks', { participantId: 'b', looking: true });
    expect(tabletsOf(lesson).elsewhere).toEqual([]);
  });

  it('are locked, and hold what was put on them until it is taken back', () => {
    happens('tablets.lock', { locked: true });
    happens('push', { what: 'document', documentId: 'd', title: 'T', url: null });
    expect([lesson.questions.isLocked, lesson.questions.push?.title]).toEqual([true, 'T']);
    happens('push', { what: 'nothing' });
    expect(lesson.questions.push).toBeNull();
  });
});

describe('a number as children write it', () => {
  it.each([['0.75', 0.75], ['３／４', 0.75], ['-1,5', -1.5], ['.5', 0.5], ['12 ', 12], ['1/0', null], ['', null], ['3a', null], ['1e9', null]])('%s', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });
});
