import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const live = defineTexts(zh, en);

/** Reasons to pause a recording that every page says in its own language. */
export const pauseReasons = ['private', 'break', 'other'] as const;

/** A reason in words: one of the known ones translated, the teacher's own words as they were typed. */
export function pauseReason(reason: string): string {
  const known = pauseReasons.find((code) => code === reason);
  return known ? live(`pause_${known}`) : reason;
}
