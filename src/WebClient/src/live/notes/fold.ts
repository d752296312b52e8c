import type { Fold } from '../state';

/** Observers' notes; they come to the pages of observers only. */
export const folds: Record<string, Fold> = {
  note: (lesson, body, event) => {
    lesson.notes.push({
      id: body.noteId,
      who: event.who,
      name: body.name,
      at: body.at,
      itemId: body.itemId ?? null,
      group: body.group ?? '',
      item: body.item ?? '',
      score: body.score ?? null,
      maxScore: body.maxScore ?? null,
      text: body.text,
    });
  },
  'note.gone': (lesson, body) => {
    lesson.notes = lesson.notes.filter((note) => note.id !== body.noteId);
  },
};
