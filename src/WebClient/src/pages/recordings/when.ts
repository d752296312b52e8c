import { formatter } from '@/app/zone';

/** "11月21日 周六 10:00", in the timetable's zone. */
export function longDate(iso: string): string {
  return formatter({ month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso));
}

/** "2026年11月21日". */
export function day(iso: string): string {
  return formatter({ dateStyle: 'long' }).format(new Date(iso));
}
