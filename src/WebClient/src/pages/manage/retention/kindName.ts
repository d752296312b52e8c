import { common } from '@/i18n/common';
import { retention as t } from '@/i18n/retention';
import type { RetentionKind, RoomKind } from '@/generated/contracts';

/** Recordings are named by the kind of their room. */
export function kindName(kind: RetentionKind): string {
  return kind === 'MicroCourse' ? t('kind_MicroCourse') : common(`kind_${kind satisfies RoomKind}`);
}
