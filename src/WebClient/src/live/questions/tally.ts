import type { AnswerTally, AnswerValue, QuestionKind, RightAnswer } from '@/generated/contracts';
import type { Question } from './fold';

const mostNumbers = 8;

/** How many ways there are to answer by choosing. */
export function choiceCount(question: Pick<Question, 'kind' | 'choices'>): number {
  return question.kind === 'TrueFalse' ? 2 : question.choices.length;
}

/** A, B, C … */
export function letter(place: number): string {
  return String.fromCharCode(65 + place);
}

/** How the class has answered so far, for those who get the answers as they come. */
export function tallyOf(question: Pick<Question, 'kind' | 'choices' | 'answers' | 'answer'>): AnswerTally {
  const given = [...question.answers.values()];
  const counts = Array.from({ length: choiceCount(question) }, (_, place) => given.filter((answer) => answer.value.choices?.includes(place)).length);
  const judged = given.filter((answer) => answer.right !== null);
  return { answered: given.length, right: judged.length > 0 ? judged.filter((answer) => answer.right).length : null, counts, numbers: frequent(given.map((answer) => answer.value.number)) };
}

function frequent(numbers: (number | null | undefined)[]): AnswerTally['numbers'] {
  const counts = new Map<number, number>();
  for (const number of numbers) if (typeof number === 'number') counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts]
    .map(([number, count]) => ({ number, count }))
    .sort((a, b) => b.count - a.count || a.number - b.number)
    .slice(0, mostNumbers);
}

export function isChosen(kind: QuestionKind): boolean {
  return kind === 'Single' || kind === 'Multiple' || kind === 'TrueFalse';
}

/** Whether a choice is one of the right ones; null while nobody knows. */
export function isRightChoice(answer: RightAnswer | null, place: number): boolean | null {
  return answer?.choices ? answer.choices.includes(place) : null;
}

/** An answer with only the part that it has. */
export function answerValue(part: Partial<AnswerValue>): AnswerValue {
  return { choices: null, number: null, text: null, picture: null, ...part };
}

export function sameValue(a: AnswerValue | null, b: AnswerValue | null): boolean {
  const plain = (value: AnswerValue | null) => JSON.stringify(value && [value.choices ?? null, value.number ?? null, value.text ?? null, value.picture ?? null]);
  return plain(a) === plain(b);
}

/** What a child typed as a number: also full-width digits, a comma for the point, and a fraction. */
export function readNumber(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,，。]/g, '.').replace(/\s/g, '');
  const fraction = /^(-?\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(plain);
  const number = fraction ? Number(fraction[1]) / Number(fraction[2]) : /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(number) ? number : null;
}

/** A number as people write it, without the rounding of binary ones. */
export function writeNumber(number: number): string {
  return String(Number(number.toPrecision(12)));
}
