import { recall, remember } from '@/api/ids';

const key = 'classroom.kiosk';

/** Started by the launcher (tools/kiosk), whose browser lets this page share a screen without a press. Kept for reloads that lose the address. */
export function isKiosk(): boolean {
  if (new URLSearchParams(location.search).has('kiosk')) remember(key, true);
  return recall<boolean>(key) === true;
}
