import { expect, it } from 'vitest';
import { accountColumns, rosterColumns, withHeader } from './csv';

it.each(['学号,姓名\n1,王小明', '\uFEFFname,number\n王小明,1', ' "Number","Name"\r\n1,Ann'])('leaves a file with names in its first line as it is', (text) => {
  expect(withHeader(text, rosterColumns)).toBe(text);
});

it('names the columns of pasted rows', () => {
  expect(withHeader('1,王小明', rosterColumns)).toBe('number,name,recorded\n1,王小明');
  expect(withHeader('zhao,赵老师,Teacher', accountColumns)).toMatch(/^userName,/);
});
