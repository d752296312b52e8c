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

/**
 * What is sent to be stored: chapters in order, none without a title, none behind the end, one at a time.
 * @param titleBefore a title that is just being retyped is not lost while the field is empty.
 */
export function saveOf(content: Content, editVersion: number, titleBefore: string): CourseSave {
  const { title, description, type, clips, nodeId, points, chapters } = content;
  const durationMs = filmDuration(clips);
  return {
    editVersion, title: title.trim() || titleBefore, description, type, nodeId,
    edit: { clips: [...clips], durationMs },
    pointIds: points.map((point) => point.id),
    chapters: [...chapters]
      .filter((chapter) => chapter.title.trim() !== '' && chapter.atMs < durationMs)
      .sort((a, b) => a.atMs - b.atMs)
      .filter((chapter, index, all) => index === 0 || chapter.atMs > all[index - 1]!.atMs),
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
  /** Good to know, but no reason to wait. */
  isAdvice: boolean;
}

/** 微课: ten minutes at most. */
export const longestFilmMs = 10 * 60_000;

export function checklist(content: Content, hasFilm: boolean): Check[] {
  const duration = filmDuration(content.clips);
  const check = (key: Check['key'], done: boolean, isAdvice = false): Check => ({ key, done, isAdvice });
  return [
    check('title', content.title.trim() !== ''),
    check('clips', duration > 0 && content.clips.every((clip) => clip.seats.length > 0)),
    check('chapter', content.nodeId !== null),
    check('points', content.points.length > 0),
    check('film', hasFilm),
    check('length', duration <= longestFilmMs, true),
  ];
}
