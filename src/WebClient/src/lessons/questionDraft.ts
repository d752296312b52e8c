import type { QuestionDraft, QuestionKind, RightAnswer } from '@/generated/contracts';
import { isChosen, readNumber, writeNumber } from '@/live/questions/tally';

export const questionKinds: QuestionKind[] = ['Single', 'Multiple', 'TrueFalse', 'Number', 'Text', 'Picture'];
export const countdowns = [0, 15, 30, 60, 90, 120, 180, 300, 600];
const mostChoices = 8;
const fewestChoices = 2;

/** A question as its form holds it: every field as it was typed, so that changing the kind loses nothing. */
export interface QuestionFields {
  kind: QuestionKind;
  text: string;
  choices: { text: string; isRight: boolean }[];
  /** For true and false; null: not judged. */
  isTrue: boolean | null;
  number: string;
  tolerance: string;
  wordings: string;
  seconds: number;
  points: string;
  knowledgePointId: string;
}

export type FieldProblem = 'needText' | 'needChoices' | 'badNumber' | 'badPoints';

export function emptyFields(kind: QuestionKind = 'Single', seconds = 60): QuestionFields {
  return { kind, text: '', choices: Array.from({ length: 4 }, () => ({ text: '', isRight: false })), isTrue: null, number: '', tolerance: '', wordings: '', seconds, points: '1', knowledgePointId: '' };
}

export function fieldsOf(draft: QuestionDraft): QuestionFields {
  const { answer } = draft;
  const fields = emptyFields(draft.kind, draft.seconds);
  fields.text = draft.text;
  if (draft.choices.length > 0) fields.choices = draft.choices.map((text, place) => ({ text, isRight: answer?.choices?.includes(place) ?? false }));
  if (draft.kind === 'TrueFalse' && answer?.choices) fields.isTrue = answer.choices[0] === 0;
  fields.number = typeof answer?.number === 'number' ? writeNumber(answer.number) : '';
  fields.tolerance = answer?.tolerance ? writeNumber(answer.tolerance) : '';
  fields.wordings = answer?.texts?.join('，') ?? '';
  fields.points = String(draft.points);
  fields.knowledgePointId = draft.knowledgePointId ?? '';
  return fields;
}

export function problemsOf(fields: QuestionFields): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (fields.text.trim() === '') problems.push('needText');
  if (hasChoices(fields.kind) && filled(fields).length < fewestChoices) problems.push('needChoices');
  if (fields.kind === 'Number' && [fields.number, fields.tolerance].some((text) => text.trim() !== '' && readNumber(text) === null)) problems.push('badNumber');
  const points = readNumber(fields.points);
  if (points === null || points < 0 || points > 100) problems.push('badPoints');
  return problems;
}

/** Choices that are empty are left out; the marks of the others go with them. */
export function draftOf(fields: QuestionFields): QuestionDraft {
  return {
    kind: fields.kind,
    text: fields.text.trim(),
    choices: hasChoices(fields.kind) ? filled(fields).map((choice) => choice.text.trim()) : [],
    answer: answerOf(fields),
    seconds: fields.seconds,
    points: readNumber(fields.points) ?? 1,
    knowledgePointId: fields.knowledgePointId || null,
  };
}

export function hasChoices(kind: QuestionKind): boolean {
  return isChosen(kind) && kind !== 'TrueFalse';
}

export function mayAddChoice(fields: QuestionFields): boolean {
  return fields.choices.length < mostChoices;
}

/** Marks a choice as right: of single choices only one is. */
export function markRight(fields: QuestionFields, place: number): void {
  const wasRight = fields.choices[place]!.isRight;
  if (fields.kind === 'Single') fields.choices.forEach((choice) => (choice.isRight = false));
  fields.choices[place]!.isRight = !wasRight;
}

function filled(fields: QuestionFields): QuestionFields['choices'] {
  return fields.choices.filter((choice) => choice.text.trim() !== '');
}

function answerOf(fields: QuestionFields): RightAnswer | null {
  const none = { choices: null, number: null, tolerance: null, texts: null };
  switch (fields.kind) {
    case 'Single':
    case 'Multiple': {
      const places = filled(fields).flatMap((choice, place) => (choice.isRight ? [place] : []));
      const counted = fields.kind === 'Single' ? places.slice(0, 1) : places;
      return counted.length > 0 ? { ...none, choices: counted } : null;
    }
    case 'TrueFalse':
      return fields.isTrue === null ? null : { ...none, choices: [fields.isTrue ? 0 : 1] };
    case 'Number': {
      const number = readNumber(fields.number);
      return number === null ? null : { ...none, number, tolerance: readNumber(fields.tolerance) };
    }
    case 'Text': {
      const texts = fields.wordings.split(/[,，、;；\n]/).map((text) => text.trim()).filter(Boolean);
      return texts.length > 0 ? { ...none, texts } : null;
    }
    default:
      return null;
  }
}
