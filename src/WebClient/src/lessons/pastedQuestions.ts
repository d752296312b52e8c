import type { QuestionDraft, QuestionKind, RightAnswer } from '@/generated/contracts';
import { readNumber } from '@/live/questions/tally';

export interface Pasted {
  drafts: QuestionDraft[];
  /** Paragraphs that are no question, counted from 1. */
  skipped: number[];
}

const choiceLine = /^([*＊✓√])?\s*[（(]?([A-Ha-h])\s*[.、．:：)）]\s*(.+?)\s*([*＊✓√])?$/;
const answerLine = /^(?:答案|正确答案|answer)\s*[:：]\s*(.+)$/i;
const numberBefore = /^\s*(?:\d+\s*[.、．)）]|[（(]\d+[)）])\s*/;
const truths: Record<string, number> = { 对: 0, 正确: 0, '√': 0, '✓': 0, true: 0, 错: 1, 错误: 1, '×': 1, '✗': 1, false: 1 };

/** Questions as teachers keep them in their documents: a paragraph each, choices by letter, the answer by a mark or in a line of its own. */
export function readPasted(text: string): Pasted {
  const result: Pasted = { drafts: [], skipped: [] };
  const paragraphs = text.replace(/\r/g, '').split(/\n\s*\n/).map((paragraph) => paragraph.trim()).filter(Boolean);
  paragraphs.forEach((paragraph, index) => {
    const draft = readOne(paragraph);
    if (draft) result.drafts.push(draft);
    else result.skipped.push(index + 1);
  });
  return result;
}

function readOne(paragraph: string): QuestionDraft | null {
  const words: string[] = [];
  const choices: string[] = [];
  const right: number[] = [];
  let answer = '';
  for (const line of paragraph.split('\n').map((part) => part.trim())) {
    const choice = choiceLine.exec(line);
    const said = answerLine.exec(line);
    if (said) {
      answer = said[1]!.trim();
    } else if (choice && words.length > 0) {
      if (choice[1] || choice[4]) right.push(choices.length);
      choices.push(choice[3]!);
    } else if (choices.length === 0) {
      words.push(line);
    } else {
      // A choice that goes on in the next line.
      choices[choices.length - 1] += ` ${line}`;
    }
  }
  const text = words.join('\n').replace(numberBefore, '').trim();
  if (text === '' || choices.length === 1 || choices.length > 8) return null;
  return choices.length > 1 ? chosen(text, choices, right, answer) : written(text, answer);
}

function chosen(text: string, choices: string[], marked: number[], answer: string): QuestionDraft {
  const letters = [...answer.toUpperCase().matchAll(/[A-H]/g)].map(([letter]) => letter.charCodeAt(0) - 65).filter((place) => place < choices.length);
  const places = [...new Set([...marked, ...letters])].sort();
  return draft(places.length > 1 ? 'Multiple' : 'Single', text, choices, places.length > 0 ? { choices: places } : null);
}

function written(text: string, answer: string): QuestionDraft {
  if (answer === '') return draft('Text', text, [], null);
  const truth = truths[answer.toLowerCase()];
  if (truth !== undefined) return draft('TrueFalse', text, [], { choices: [truth] });
  const [value, tolerance] = answer.split('±');
  const number = readNumber(value!);
  if (number !== null) return draft('Number', text, [], { number, tolerance: tolerance ? readNumber(tolerance) : null });
  return draft('Text', text, [], { texts: answer.split(/[/／|]/).map((part) => part.trim()).filter(Boolean) });
}

function draft(kind: QuestionKind, text: string, choices: string[], right: Partial<RightAnswer> | null): QuestionDraft {
  return { kind, text, choices, answer: right && { choices: null, number: null, tolerance: null, texts: null, ...right }, seconds: 60, points: 1, knowledgePointId: null };
}
