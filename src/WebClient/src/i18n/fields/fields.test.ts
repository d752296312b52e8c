import { describe, expect, it } from 'vitest';
import { explainField, explainLine } from '.';

describe('what is wrong with a field', () => {
  it('is told by its code, else by its name, else in the words of the server', () => {
    expect(explainField({ field: 'userName', code: 'sign_in_name_taken', message: 'taken' })).toBe('这个登录名已经有人用了。');
    expect(explainField({ field: 'edit.clips[3].seats', code: '', message: 'seats' })).toContain('机位');
    expect(explainField({ field: 'edit.clips[3]', code: '', message: 'clips' })).toContain('片段');
    expect(explainField({ field: 'somethingNew', code: '', message: 'Not so.' })).toBe('Not so.');
  });

  it('names what a line of an import has that is unknown', () => {
    expect(explainLine({ line: 3, code: 'no_school', value: '星河小学', message: '' })).toBe('没有「星河小学」这所学校。');
    expect(explainLine({ line: 3, code: 'new_code', value: null, message: 'Not so.' })).toBe('Not so.');
  });
});
