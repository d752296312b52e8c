import { seatName } from '@/i18n/common';
import { pauseReason } from '@/i18n/live';
import { observer } from '@/i18n/observer';
import type { Moment } from '@/live/state';

/** One line in plain words. */
export function describe({ kind, name, text }: Moment): string {
  switch (kind) {
    case 'lesson.started':
      return observer('started');
    case 'lesson.ended':
      return observer('ended');
    case 'join':
      return observer('join', { name });
    case 'leave':
      return observer('gone', { name });
    case 'stage':
      return text ? observer('stage', { name, seat: seatName(text) }) : observer('stageCleared');
    case 'hand':
      return observer('hand', { name });
    case 'chat':
      return observer('chat', { name, text });
    case 'mark':
      return observer('mark', { text });
    case 'confused':
      return observer('confused');
    case 'recording':
      return text === 'on' ? observer('recordingOn') : text === 'off' ? observer('recordingOff') : observer('recordingPaused', { text: pauseReason(text) });
    default:
      return text || name || kind;
  }
}
