import { talk } from '@/i18n/talk';
import { groupName, groupOf } from '../groups/state';
import type { LiveLesson } from '../state';
import { nameOf } from '../state';
import type { ChatLine } from './state';

/** Lines that a page shows: those of other subgroups than the own are not for it any more, and what was removed only the staff sees as such. */
export function shownLines(lesson: LiveLesson, own: string, isStaff: boolean): ChatLine[] {
  const group = groupOf(lesson, own);
  return lesson.chat.filter((line) => (isStaff ? true : !line.isGone && (!line.to?.startsWith('group:') || line.to === `group:${group}`)));
}

/** For whom a line was, where that is not everyone. */
export function audienceText(lesson: LiveLesson, line: ChatLine, own: string): string {
  if (line.to === null || line.isGone) return '';
  if (line.to === 'staff') return talk('toStaff');
  if (line.to === own) return talk('toYou');
  if (line.to.startsWith('group:')) return talk('toGroup', { name: groupName(lesson, line.to.slice('group:'.length)) });
  return talk('toPerson', { name: nameOf(lesson, line.to) });
}
