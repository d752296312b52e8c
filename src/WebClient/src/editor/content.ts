import type {
  ChapterInfo, CourseDraft, CourseSave, CourseType, CueInfo, EditBlur, EditCard, EditCover, EditList, EditMute, FilmQuestionEdit, PointRef,
} from '@/generated/contracts';
import type { Clips } from './editList';
import { FilmClock } from './filmClock';

/** A chapter of the film, kept on the lesson's clock: it stays with its picture wherever the film is cut. */
export interface Chapter {
  lessonMs: number;
  title: string;
}

/** Everything that an editor can change, undo and save. */
export interface Content {
  title: string;
  description: string;
  type: CourseType;
  clips: Clips;
  opening: EditCard | null;
  closing: EditCard | null;
  blurs: readonly EditBlur[];
  mutes: readonly EditMute[];
  cover: EditCover | null;
  nodeId: string | null;
  points: readonly PointRef[];
  chapters: readonly Chapter[];
  /** On the lesson's clock. */
  cues: readonly CueInfo[];
  /** At which the film pauses; on the lesson's clock. */
  questions: readonly FilmQuestionEdit[];
}

export function contentOf(draft: CourseDraft): Content {
  const { title, description, type, edit, nodeId, points, cues, questions } = draft;
  const { clips, opening, closing, blurs, mutes, cover } = edit;
  const clock = new FilmClock(clips, opening, closing);
  const chapters = draft.chapters.map((chapter) => ({ lessonMs: clock.lessonOf(chapter.atMs), title: chapter.title }));
  return { title, description, type, clips, opening: opening ?? null, closing: closing ?? null, blurs, mutes, cover: cover ?? null, nodeId, points, chapters, cues, questions };
}

/**
 * What is sent to be stored: chapters in order, none without a title, none that the film does not show, one at a time.
 * @param titleBefore a title that is just being retyped is not lost while the field is empty.
 */
export function saveOf(content: Content, editVersion: number, titleBefore: string): CourseSave {
  const { title, description, type, nodeId, points, cues, questions } = content;
  return {
    editVersion, title: title.trim() || titleBefore, description, type, nodeId,
    edit: editOf(content),
    pointIds: points.map((point) => point.id),
    chapters: chaptersOf(content),
    cues: cues.filter((cue) => cue.text.trim() !== '').sort((a, b) => a.fromMs - b.fromMs),
    questions: [...questions],
  };
}

export function editOf({ clips, opening, closing, blurs, mutes, cover }: Content): EditList {
  return { clips: [...clips], opening, closing, blurs: [...blurs], mutes: [...mutes], cover, durationMs: new FilmClock(clips, opening, closing).durationMs };
}

/** The chapters on the film's clock; one at the film's beginning begins with its title card. */
export function chaptersOf({ clips, opening, closing, chapters }: Content): ChapterInfo[] {
  const clock = new FilmClock(clips, opening, closing);
  return chapters
    .map((chapter) => ({ atMs: chapter.lessonMs === clips[0]?.inMs ? 0 : clock.filmOf(chapter.lessonMs), title: chapter.title }))
    .filter((chapter): chapter is ChapterInfo => chapter.atMs !== null && chapter.title.trim() !== '')
    .sort((a, b) => a.atMs - b.atMs)
    .filter((chapter, index, all) => index === 0 || chapter.atMs > all[index - 1]!.atMs);
}

/** Whether two contents give the same film; otherwise it must be rendered again. */
export function sameFilm(a: Content, b: Content): boolean {
  return JSON.stringify(essence(a)) === JSON.stringify(essence(b));
}

// What stands on a card is a part of the film.
const essence = (content: Content) => [editOf(content), content.opening || content.closing ? [content.title, content.nodeId] : null];
