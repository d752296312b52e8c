import type { JoinTicket } from '@/generated/contracts';

/** What a tablet keeps over a reload: its ticket, and what it takes to fetch another. */
export interface KeptTicket {
  ticket: JoinTicket;
  /** Null for a pupil who signed in with an account. */
  pin: string | null;
  name: string;
  /** The seat that was chosen; null for a name of one's own. */
  pupilId?: string | null;
}

const key = 'classroom.tablet';

export function keepTicket(kept: KeptTicket): void {
  sessionStorage.setItem(key, JSON.stringify(kept));
}

export function keptTicket(): KeptTicket | null {
  const text = sessionStorage.getItem(key);
  return text ? (JSON.parse(text) as KeptTicket) : null;
}

export function dropTicket(): void {
  sessionStorage.removeItem(key);
}
