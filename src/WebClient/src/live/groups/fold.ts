import type { Fold } from '../state';
import { emptyGroups } from './state';

interface GroupBody {
  id: string;
  name: string;
  classroomId?: string | null;
  members: string[];
}

/** Subgroups as the fold of their events. */
export const folds: Record<string, Fold> = {
  'groups.open': (lesson, body) => {
    const groups = body.groups as GroupBody[];
    lesson.groups = {
      ...emptyGroups(),
      list: groups.map(({ id, name, classroomId }) => ({ id, name, classroomId: classroomId ?? null })),
      of: new Map(groups.flatMap((group) => group.members.map((member) => [member, group.id] as const))),
      endsAt: body.endsAt ?? null,
    };
  },
  'groups.move': ({ groups }, body) => put(groups.of, body),
  'groups.visit': ({ groups }, body) => put(groups.visits, body),
  'groups.timer': ({ groups }, body) => {
    groups.endsAt = body.endsAt ?? null;
    groups.isTimeUp = false;
  },
  'groups.timeUp': ({ groups }) => {
    groups.isTimeUp = true;
  },
  'groups.close': (lesson) => {
    lesson.groups = emptyGroups();
  },
};

function put(places: Map<string, string>, body: { participantId: string; groupId?: string | null }): void {
  if (body.groupId) places.set(body.participantId, body.groupId);
  else places.delete(body.participantId);
}
