import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const common = defineTexts(zh, en);

/** The name of a seat, or of a group that is not a seat. */
export function seatName(group: string): string {
  const key = `seat_${group}` as keyof typeof zh;
  return key in zh ? common(key) : group;
}
