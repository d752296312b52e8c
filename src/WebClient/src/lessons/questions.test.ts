import { describe, expect, it } from 'vitest';
import { readPasted } from './pastedQuestions';
import { draftOf, emptyFields, fieldsOf, markRight, problemsOf } from './questionDraft';

describe('pasted questions', () => {
  it('are paragraphs with choices by letter, the right one marked or named', () => {
    const { drafts, skipped } = readPasted('1. 哪个大？\nA. 3/4\n*B、0.75\n\n2、哪些是偶数？\nA．2\nB．3\nC．4\n答案：AC');
    expect(skipped).toEqual([]);
    expect(drafts.map((draft) => [draft.kind, draft.text, draft.choices, draft.answer?.choices])).toEqual([
      ['Single', '哪个大？', ['3/4', '0.75'], [1]],
      ['Multiple', '哪些是偶数？', ['2', '3', '4'], [0, 2]],
    ]);
  });

  it('without choices take their kind from the answer', () => {
    const { drafts } = readPasted('太阳从西边升起。\n答案：错\n\n圆周率约是？\n答案：3.14±0.01\n\n水的化学式？\nAnswer: H2O / 水\n\n说说你的想法。');
    expect(drafts.map((draft) => [draft.kind, draft.answer?.choices ?? draft.answer?.number ?? draft.answer?.texts ?? null])).toEqual([
      ['TrueFalse', [1]],
      ['Number', 3.14],
      ['Text', ['H2O', '水']],
      ['Text', null],
    ]);
    expect(drafts[1]!.answer?.tolerance).toBe(0.01);
  });

  it('that are none are named by their place', () => {
    expect(readPasted('题目\nA. 只有一个\n\n答案：C')).toEqual({ drafts: [], skipped: [1, 2] });
  });
});

describe('the form of a question', () => {
  it('leaves out empty choices, and the marks of the others move along', () => {
    const fields = { ...emptyFields(), text: 'Which?' };
    fields.choices = [{ text: 'a', isRight: false }, { text: ' ', isRight: true }, { text: 'c', isRight: true }];
    expect(draftOf({ ...fields, kind: 'Multiple' })).toMatchObject({ choices: ['a', 'c'], answer: { choices: [1] } });
  });

  it('has one right answer among single choices, and none when it is pressed again', () => {
    const fields = emptyFields();
    markRight(fields, 1);
    markRight(fields, 2);
    expect(fields.choices.map((choice) => choice.isRight)).toEqual([false, false, true, false]);
    markRight(fields, 2);
    expect(fields.choices.some((choice) => choice.isRight)).toBe(false);
  });

  it('names what is missing', () => {
    expect(problemsOf({ ...emptyFields(), points: 'x' })).toEqual(['needText', 'needChoices', 'badPoints']);
    expect(problemsOf({ ...emptyFields('Number'), text: '?', number: 'many' })).toEqual(['badNumber']);
  });

  it('comes back as it was saved', () => {
    const drafts = readPasted('哪个？\n*A. 甲\nB. 乙\n\n多少？\n答案：0.1±0.05\n\n对吗？\n答案：对').drafts;
    expect(drafts.map((draft) => draftOf(fieldsOf(draft)))).toEqual(drafts);
  });
});
