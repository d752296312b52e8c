import { listed } from '@/i18n';
import { seatName } from '@/i18n/common';
import { picture } from '@/i18n/picture';
import type { Line } from './fold';

/** A weak line in one sentence: whose it is, why, and what is shown smaller or not at all. Null: nothing is wrong. */
export function lineWords(line: Line | undefined): string | null {
  if (!line || (!line.reason && !line.isUp)) return null;
  const up = picture(line.isOverloaded ? 'lineOverloaded' : 'lineUp');
  if (!line.reason) return up;
  const cause = picture(line.reason === 'SchoolCeiling' || line.reason === 'ParticipantCeiling' ? 'lineCeiling' : 'lineDown');
  const parts = [
    line.smaller.length > 0 ? picture('lineSmaller', { seats: listed(line.smaller.map(seatName)) }) : '',
    line.off.length > 0 ? picture('lineOff', { seats: listed(line.off.map(seatName)) }) : '',
  ].filter(Boolean);
  return [cause, ...parts, line.isUp ? up : ''].filter(Boolean).join(picture('comma'));
}
