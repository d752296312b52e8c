import type { FieldError, ImportProblem } from '@/generated/contracts';
import { defineTexts } from '..';
import en from './en';
import zh from './zh';

const texts = defineTexts(zh, en);

/** The last name in a field's path: edit.clips[0].seats is about seats. */
function nameOf(field: string): string {
  return (field.split('.').at(-1) ?? '').replace(/\[\d+\]$/, '');
}

function known(key: string): key is keyof typeof zh {
  return Object.hasOwn(zh, key);
}

/** What is wrong with a field, in the page's language; the server's own words when they are new to this page. */
export function explainField({ field, code, message }: FieldError): string {
  const key = [code, nameOf(field)].find(known);
  return key ? texts(key) : message || texts('wrong');
}

/** What is wrong with a line of an import. */
export function explainLine({ code, value, message }: ImportProblem): string {
  return known(code) ? texts(code, { value: value ?? '' }) : message;
}
