import { formatter } from './zone';

/** 12:34, or 1:02:03 from an hour on. */
export function duration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const rest = `${String(minutes).padStart(hours ? 2 : 1, '0')}:${String(total % 60).padStart(2, '0')}`;
  return hours ? `${hours}:${rest}` : rest;
}

export function timeOfDay(when: string | number): string {
  return formatter({ hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(when));
}

export function dayName(when: string | number): string {
  return formatter({ weekday: 'short', month: 'numeric', day: 'numeric' }).format(new Date(when));
}
