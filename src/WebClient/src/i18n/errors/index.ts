import { defineTexts } from '..';
import en from './en';
import zh from './zh';

const errors = defineTexts(zh, en);

/** Plain words for a refusal's code; the server's own words when the code is new to this page. */
export function explain(code: string, fallback?: string): string {
  return code in zh ? errors(code as keyof typeof zh) : fallback || errors('unknown');
}
