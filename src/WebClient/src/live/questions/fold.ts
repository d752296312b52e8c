import type { AnswerTally, AnswerValue, QuestionKind, RightAnswer } from '@/generated/contracts';
import type { Fold, LiveLesson } from '../state';

export interface GivenAnswer {
  value: AnswerValue;
  /** Milliseconds from the question to this answer. */
  ms: number;
  /** Null: not judged. */
  right: boolean | null;
  points: number;
}

export interface Question {
  id: string;
  /** The prepared question that it is. */
  preparedId: string | null;
  kind: QuestionKind;
  text: string;
  choices: string[];
  seconds: number;
  points: number;
  /** UTC milliseconds on the server's clock. */
  askedAt: number;
  closesAt: number | null;
  stage: 'running' | 'closed' | 'revealed';
  /** Off the screens. */
  isDone: boolean;
  /** For staff from the beginning, for everyone else with the reveal. */
  answer: RightAnswer | null;
  /** How the class answered; with the reveal. */
  tally: AnswerTally | null;
  /** By participant id: staff have all, a student the own one. */
  answers: Map<string, GivenAnswer>;
  /** One text or photo that everyone sees, without its name. */
  shown: { text: string | null; picture: string | null } | null;
}

/** What the teacher has put on the tablets. */
export interface Push {
  seq: number;
  what: 'page' | 'document';
  documentId: string | null;
  title: string | null;
  url: string | null;
}

export interface QuestionsState {
  /** In the order in which they were asked. */
  asked: Question[];
  /** "Eyes on me": tablets show only what the teacher puts there. */
  isLocked: boolean;
  push: Push | null;
  /** Tablets that show something else than the lesson; staff know. */
  elsewhere: Set<string>;
}

export function emptyQuestions(): QuestionsState {
  return { asked: [], isLocked: false, push: null, elsewhere: new Set() };
}

/** The one that is on the screens. */
export function currentQuestion(lesson: LiveLesson): Question | null {
  const last = lesson.questions.asked[lesson.questions.asked.length - 1];
  return last && !last.isDone ? last : null;
}

function find(lesson: LiveLesson, id: string): Question | undefined {
  return lesson.questions.asked.find((question) => question.id === id);
}

export const folds: Record<string, Fold> = {
  'question.ask': (lesson, body) => {
    for (const earlier of lesson.questions.asked) earlier.isDone = true;
    lesson.questions.asked.push({
      id: body.questionId,
      preparedId: body.preparedId ?? null,
      kind: body.kind,
      text: body.text,
      choices: body.choices,
      seconds: body.seconds,
      points: body.points,
      askedAt: body.askedAt,
      closesAt: body.closesAt ?? null,
      stage: 'running',
      isDone: false,
      answer: null,
      tally: null,
      answers: new Map(),
      shown: null,
    });
  },
  'question.key': (lesson, body) => {
    const question = find(lesson, body.questionId);
    if (question) question.answer = body.answer;
  },
  answer: (lesson, body, event) => {
    find(lesson, body.questionId)?.answers.set(event.who, { value: body.value, ms: body.ms, right: null, points: 0 });
  },
  'question.extend': (lesson, body) => {
    const question = find(lesson, body.questionId);
    if (question) question.closesAt = body.closesAt;
  },
  'question.close': (lesson, body) => {
    const question = find(lesson, body.questionId);
    if (question) question.stage = 'closed';
  },
  score: (lesson, body) => {
    const given = find(lesson, body.questionId)?.answers.get(body.participantId);
    if (given) Object.assign(given, { right: body.right, points: body.points });
  },
  'question.reveal': (lesson, body) => {
    const question = find(lesson, body.questionId);
    if (question) Object.assign(question, { stage: 'revealed', answer: body.answer ?? null, tally: body.tally });
  },
  'question.show': (lesson, body) => {
    const question = find(lesson, body.questionId);
    if (question) question.shown = body.text || body.picture ? { text: body.text ?? null, picture: body.picture ?? null } : null;
  },
  'question.done': (lesson, body) => {
    const question = find(lesson, body.questionId);
    if (question) question.isDone = true;
  },
  'tablets.lock': (lesson, body) => {
    lesson.questions.isLocked = body.locked;
  },
  push: (lesson, body, event) => {
    lesson.questions.push =
      body.what === 'nothing' ? null : { seq: event.seq, what: body.what, documentId: body.documentId ?? null, title: body.title ?? null, url: body.url ?? null };
  },
  'tablet.looks': (lesson, body) => {
    if (body.looking) lesson.questions.elsewhere.delete(body.participantId);
    else lesson.questions.elsewhere.add(body.participantId);
  },
};
