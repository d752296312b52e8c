import { describe, expect, it } from 'vitest';
import { missingFields, sections } from './sections';

const section = (key: string) => sections.find((candidate) => candidate.key === key)!;

describe('forms of the management pages', () => {
  it.each(sections.map((each) => [each.key, each] as const))('%s: a blank form is not complete', (_, each) => {
    expect(missingFields(each, each.blank(), true).length).toBeGreaterThan(0);
  });

  it('ask for a password only for new accounts', () => {
    const account = { userName: 'zhang', displayName: '张', role: 'Teacher', password: '' };
    expect(missingFields(section('accounts'), account, true)).toEqual(['password']);
    expect(missingFields(section('accounts'), account, false)).toEqual([]);
  });

  it('want at least one seat in a classroom', () => {
    expect(missingFields(section('classrooms'), { name: '录播教室1', schoolId: 's', seats: [] }, false)).toEqual(['seats']);
  });
});
