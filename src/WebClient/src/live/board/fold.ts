import { markRaw } from 'vue';
import type { DocumentPage, EventDto, StrokeInput } from '@/generated/contracts';
import { Ink, InkStroke, layerOf } from './ink';

export interface OpenSlides {
  id: string;
  title: string;
  pages: DocumentPage[];
}

/** Slides, whiteboard and ink of a lesson. */
export interface BoardLesson {
  /** What everyone sees; null: the picture. */
  shown: string | null;
  /** Everyone may leaf through it by themselves. */
  isFree: boolean;
  slides: Map<string, OpenSlides>;
  /** The highest page of the whiteboard that was shown. */
  boardPages: number;
  /** Pupils who draw for everyone. */
  pens: Set<string>;
  /** The pupil whose own ink everyone sees. */
  shared: { participantId: string; surface: string } | null;
  /** Not reactive: thousands of strokes are told by listeners. */
  ink: Ink;
  /** Grows when a pupil's own ink changes, for lists of whose there is. */
  ownInk: number;
}

interface HasBoard {
  board: BoardLesson;
}

export function emptyBoard(): BoardLesson {
  return { shown: null, isFree: false, slides: new Map(), boardPages: 1, pens: new Set(), shared: null, ink: markRaw(new Ink()), ownInk: 0 };
}

export const folds: Record<string, (lesson: HasBoard, body: any, event: EventDto) => void> = {
  'slides.open': ({ board }, body) => {
    board.slides.set(body.documentId, { id: body.documentId, title: body.title, pages: body.pages });
  },
  'slides.free': ({ board }, body) => {
    board.isFree = body.allowed;
  },
  'surface.show': ({ board }, body) => {
    board.shown = body.surface ?? null;
    const page = /^board\/(\d+)$/.exec(board.shown ?? '');
    if (page) board.boardPages = Math.max(board.boardPages, Number(page[1]));
  },
  'surface.clear': ({ board }, body) => {
    board.ink.clear(layerOf(body.surface));
  },
  stroke: ({ board }, body, event) => add(board, event.who, body),
  'stroke.gone': ({ board }, body) => {
    board.ink.remove(body.ids);
    board.ownInk++;
  },
  'ink.back': ({ board }, body) => {
    for (const item of body.strokes) add(board, item.who, item.stroke);
  },
  'ink.pen': ({ board }, body) => {
    if (body.allowed) board.pens.add(body.participantId);
    else board.pens.delete(body.participantId);
  },
  'ink.share': ({ board }, body) => {
    for (const stroke of body.strokes) add(board, body.participantId, stroke);
    board.shared = { participantId: body.participantId, surface: body.surface };
  },
  'ink.unshare': ({ board }) => {
    board.shared = null;
  },
};

function add(board: BoardLesson, who: string, stroke: StrokeInput): void {
  board.ink.add(new InkStroke(who, stroke));
  if (stroke.isPrivate) board.ownInk++;
}
