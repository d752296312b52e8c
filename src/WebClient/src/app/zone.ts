import { computed } from 'vue';
import { intlLocale } from '@/i18n';
import { me } from './session';

/** The zone of the timetable. A browser elsewhere still shows and takes the schools' wall times. */
export const zone = computed(() => me.value?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);

export function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(intlLocale(), { ...options, timeZone: zone.value });
}

/** The zone in words: 中国标准时间. */
export function zoneName(): string {
  return formatter({ timeZoneName: 'long' }).formatToParts(new Date()).find((part) => part.type === 'timeZoneName')?.value ?? zone.value;
}

/** What the clock in `timeZone` shows at that moment, as if it were UTC, in milliseconds. */
function wallTime(moment: number, timeZone: string): number {
  const options = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const parts = new Intl.DateTimeFormat('en-US', { ...options, hourCycle: 'h23', timeZone }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** For pickers, which know only the browser's zone: a date whose local fields show the zone's wall time. */
export function toPicker(moment: Date, timeZone = zone.value): Date {
  const wall = new Date(wallTime(moment.getTime(), timeZone));
  return new Date(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate(), wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds());
}

/** The way back: the moment at which the zone's clock shows the picked fields. */
export function fromPicker(picked: Date, timeZone = zone.value): Date {
  const wanted = Date.UTC(picked.getFullYear(), picked.getMonth(), picked.getDate(), picked.getHours(), picked.getMinutes(), picked.getSeconds());
  const guess = wanted - (wallTime(wanted, timeZone) - wanted);
  // Once more: the offset may have changed between the guess and the wanted time (summer time).
  return new Date(guess - (wallTime(guess, timeZone) - wanted));
}
