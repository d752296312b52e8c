import { seatName } from '@/i18n/common';
import type { ReplaySeat } from './seats';

/** A seat by whose it is and what it shows; what was uploaded is nobody's. */
export function seatTitle(seat: Pick<ReplaySeat, 'owner' | 'group'>): string {
  return [seat.owner, seatName(seat.group)].filter(Boolean).join(' · ');
}
