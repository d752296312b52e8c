import { describe, expect, it } from 'vitest';
import { fill } from '.';

type Texts = Record<string, string>;
const chinese = import.meta.glob<{ default: Texts }>('./*/zh.ts', { eager: true });
const english = import.meta.glob<{ default: Texts }>('./*/en.ts', { eager: true });
const areas = [...new Set([...Object.keys(chinese), ...Object.keys(english)].map((path) => path.split('/')[1]!))];

function placeholders(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).sort();
}

it.each([
  [1, '1 page is'],
  [0, '0 pages are'],
  [21, '21 pages are'],
])('takes the word for %s', (count, text) => {
  expect(fill('{count} {count|page is|pages are}', { count })).toBe(text);
});

describe.each(areas)('the texts of %s', (area) => {
  const zh = chinese[`./${area}/zh.ts`]?.default ?? {};
  const en = english[`./${area}/en.ts`]?.default ?? {};

  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it('are never empty', () => {
    const empty = [...Object.entries(zh), ...Object.entries(en)].filter(([, text]) => text.trim() === '').map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it('have the same placeholders in both languages', () => {
    const different = Object.keys(zh).filter((key) => placeholders(zh[key]!).join() !== placeholders(en[key] ?? '').join());
    expect(different).toEqual([]);
  });

  it('are written in their language', () => {
    const chineseInEnglish = Object.entries(en).filter(([, text]) => /[\u4e00-\u9fff]/.test(text.replace('同窗', '').replace('中文', ''))).map(([key]) => key);
    expect(chineseInEnglish).toEqual([]);
  });
});
