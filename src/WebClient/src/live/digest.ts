import { layerOf } from './board/ink';
import type { LiveLesson } from './state';

/**
 * What everyone in a lesson should see alike, as eight letters: pages that show the same say the same. For support, who can ask two
 * classrooms for theirs (`classroom.digest()` in the browser's console), and for tests. What only some are told is left out.
 */
export function digest(lesson: LiveLesson): string {
  return hash(JSON.stringify(common(lesson)));
}

function common({ board, questions, talk, groups, ...lesson }: LiveLesson): unknown {
  return {
    lesson: [lesson.state, lesson.startedAt, lesson.plannedEnd, lesson.recording.state, lesson.isDoorLocked],
    picture: [lesson.stage, sorted(lesson.publications.keys())],
    people: sorted([...lesson.people.values()].filter((person) => person.isPresent && person.role !== 'Observer').map((person) => `${person.id} ${person.name}`)),
    hands: lesson.hands,
    chat: lesson.chat.filter((line) => line.to === null && !line.isGone).map((line) => line.seq),
    marks: lesson.marks.map((mark) => mark.seq),
    board: [board.shown, board.isFree, sorted(board.pens), board.shared, sorted(board.slides.keys()), ink(board)],
    questions: [questions.asked.map((question) => [question.id, question.stage, question.isDone, question.closesAt]), questions.isLocked, questions.push?.seq],
    talk: [talk.mode, talk.leader, talk.allMuted, talk.asks.map((ask) => [ask.seq, ask.state, ask.likes.size])],
    groups: [groups.list.map((group) => group.id), [...groups.of].sort(), groups.endsAt],
  };
}

/** Strokes that everyone sees, in their order, by page. */
function ink({ ink: all, slides, boardPages }: LiveLesson['board']): unknown {
  const pages = [...slides.values()].flatMap((document) => document.pages.map((_, index) => `doc:${document.id}/${index + 1}`));
  const boards = Array.from({ length: boardPages }, (_, index) => `board/${index + 1}`);
  return [...pages, ...boards].map((surface) => [...all.on(layerOf(surface))].map((stroke) => stroke.data.id)).filter((ids) => ids.length > 0);
}

function sorted(words: Iterable<string>): string[] {
  return [...words].sort();
}

/** FNV-1a of 32 bits. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}
