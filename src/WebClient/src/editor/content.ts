import type { ChapterInfo, CourseDraft, CourseSave, CourseType, PointRef } from '@/generated/contracts';
import type { Clips } from './editList';
import { filmDuration } from './editList';

/** Everything that an editor can change, undo and save. */
export interface Content {
  title: string;
  description: string;
  type: CourseType;
  clips: Clips;
  nodeId: string | null;
  points: readonly PointRef[];
  chapters: readonly ChapterInfo[];
}

export function contentOf(draft: CourseDraft): Content {
  const { title, description, type, edit, nodeId, points, chapters } = draft;
  return { title, description, type, clips: edit.clips, nodeId, points, chapters };
}

export function saveOf(content: Content, editVersion: number): CourseSave {
  const { title, description, type, clips, nodeId, points, chapters } = content;
  return {
    editVersion, title: title.trim(), description, type, nodeId,
    edit: { clips: [...clips], durationMs: filmDuration(clips) },
    pointIds: points.map((point) => point.id),
    chapters: [...chapters].filter((chapter) => chapter.title.trim() !== '').sort((a, b) => a.atMs - b.atMs),
  };
}

/** What two contents have in common decides whether the film must be rendered again. */
export function sameFilm(a: Clips, b: Clips): boolean {
  return JSON.stringify(a.map(essence)) === JSON.stringify(b.map(essence));
}

const essence = ({ inMs, outMs, layout, seats }: Clips[number]) => [inMs, outMs, layout, seats];

/** One line of the checklist before submission. */
export interface Check {
  key: 'title' | 'clips' | 'length' | 'chapter' | 'points' | 'film';
  done: boolean;
}

/** 微课: ten minutes at most. */
export const longestFilmMs = 10 * 60_000;

export function checklist(content: Content, hasFilm: boolean): Check[] {
  const duration = filmDuration(content.clips);
  return [
    { key: 'title', done: content.title.trim().length >= 2 },
    { key: 'clips', done: duration > 0 && content.clips.every((clip) => clip.seats.length > 0) },
    { key: 'length', done: duration <= longestFilmMs },
    { key: 'chapter', done: content.nodeId !== null },
    { key: 'points', done: content.points.length > 0 },
    { key: 'film', done: hasFilm },
  ];
}
