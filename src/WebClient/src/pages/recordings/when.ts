import { intlLocale } from '@/i18n';

/** "11月21日 周六 10:00", in the viewer's zone, which is the schools' one. */
export function longDate(iso: string): string {
  return new Intl.DateTimeFormat(intlLocale(), { month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso));
}

/** "2026年11月21日". */
export function day(iso: string): string {
  return new Intl.DateTimeFormat(intlLocale(), { dateStyle: 'long' }).format(new Date(iso));
}
