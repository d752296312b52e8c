import { questions } from '@/i18n/questions';
import type { RightAnswer } from '@/generated/contracts';
import type { Question } from './fold';
import { letter, writeNumber } from './tally';

export interface Choice {
  place: number;
  /** A, B …; a tick or a cross for true and false. */
  letter: string;
  text: string;
}

/** What there is to choose, as pages show it. */
export function choicesOf(question: Pick<Question, 'kind' | 'choices'>): Choice[] {
  return question.kind === 'TrueFalse'
    ? [
        { place: 0, letter: '✓', text: questions('isTrue') },
        { place: 1, letter: '✗', text: questions('isFalse') },
      ]
    : question.choices.map((text, place) => ({ place, letter: letter(place), text }));
}

/** The right answer in words; null where there is none. */
export function rightText(question: Pick<Question, 'kind' | 'choices'>, answer: RightAnswer | null): string | null {
  if (answer?.choices) {
    return answer.choices.map((place) => (question.kind === 'TrueFalse' ? choicesOf(question)[place]!.text : letter(place))).join(' ');
  }
  if (typeof answer?.number === 'number') {
    const number = writeNumber(answer.number);
    return answer.tolerance ? questions('within', { number, tolerance: writeNumber(answer.tolerance) }) : number;
  }
  return answer?.texts?.join(' / ') ?? null;
}
