import type { AccountRole, LessonCard } from '@/generated/contracts';
import { today } from '@/i18n/today';
import { recallChoice } from '@/live/devices';

export interface LessonAction {
  text: string;
  to: string;
  testId: string;
}

/** Who may sit in on others' lessons; the server refuses everybody else. */
const observers: AccountRole[] = ['Teacher', 'Supervisor', 'Reviewer', 'Administrator'];

/** The one button that is right for now. */
export function actionFor(card: LessonCard, role: AccountRole, isMine: boolean): LessonAction {
  const isOver = card.state === 'Ended' || card.state === 'Cancelled';
  if (role === 'Student' && (isOver || card.phase === 'replay' || card.phase === 'none')) return { text: today('details'), to: `/lessons/${card.id}`, testId: 'show-lesson' };
  if (card.phase === 'replay' || (isOver && card.recordingState !== null)) return { text: today('replay'), to: `/recordings/${card.id}`, testId: 'watch-recording' };
  if (isOver || card.phase === 'none') return { text: today('details'), to: `/lessons/${card.id}`, testId: 'show-lesson' };
  if (role === 'Student') return { text: today('enter'), to: `/tablet?lesson=${card.id}`, testId: 'enter-lesson' };
  if (isMine || role === 'Administrator') {
    const text = card.phase === 'check' ? today('check') : today('enter');
    // Who comes back into a running lesson with devices chosen on this computer is not asked again.
    const isKnown = card.state === 'Live' && recallChoice() !== null;
    return { text, to: `/${isKnown ? 'console' : 'lobby'}/${card.id}`, testId: 'enter-lesson' };
  }
  if (card.state === 'Planned' || !observers.includes(role)) return { text: today('details'), to: `/lessons/${card.id}`, testId: 'show-lesson' };
  return { text: today('observe'), to: `/observe/${card.id}`, testId: 'observe-lesson' };
}
