import type { LessonLayout, LessonSettings, StageTarget } from '@/generated/contracts';
import type { Fold } from '../state';

/** What a classroom's line does not carry. */
export interface Line {
  /** OwnLine, ParticipantCeiling, SchoolCeiling; null: it gets everything. */
  reason: string | null;
  /** What it sends comes in less than the others ask for. */
  isUp: boolean;
  isOverloaded: boolean;
  smaller: string[];
  off: string[];
}

/** How the pictures lie, and what the lesson and its lines allow. */
export interface PictureState {
  settings: LessonSettings;
  /** The timeline has told the settings; until then they are those of two classrooms. */
  isTold: boolean;
  layout: LessonLayout;
  /** The seats of the places after the first, which is the stage; null: the next seat that is there. */
  beside: (StageTarget | null)[];
  /** Classrooms whose tablets show no video for now. */
  closed: string[];
  /** The classroom that hosts the lesson (主讲), by the plan. */
  hostRoom: string | null;
  /** By classroom id. */
  lines: Record<string, Line>;
}

export function emptyPicture(): PictureState {
  return {
    settings: { layout: 'One', stage: 'Teacher', chat: 'Everyone', studentsMayDraw: true, studentsMaySpeak: true, tabletVideo: 'Auto' },
    isTold: false,
    layout: 'One',
    beside: [],
    closed: [],
    hostRoom: null,
    lines: {},
  };
}

export const folds: Record<string, Fold> = {
  settings: ({ picture }, body: LessonSettings) => {
    if (!picture.isTold || body.layout !== picture.settings.layout) picture.layout = body.layout;
    picture.settings = { ...body };
    picture.isTold = true;
  },
  layout: ({ picture }, body) => {
    picture.layout = body.layout;
    picture.beside = body.beside;
  },
  budget: ({ picture }, body) => {
    picture.closed = body.closed;
  },
  line: ({ picture }, body) => {
    picture.lines[body.classroomId] = { reason: body.reason ?? null, isUp: body.isUp, isOverloaded: body.isOverloaded, smaller: body.smaller, off: body.off };
  },
};
