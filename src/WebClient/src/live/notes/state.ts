/** A note of an observer, pinned to a moment of the lesson. */
export interface Note {
  id: string;
  who: string;
  name: string;
  at: number;
  itemId: string | null;
  group: string;
  item: string;
  score: number | null;
  maxScore: number | null;
  text: string;
}
