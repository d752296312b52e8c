export type ChatMode = 'open' | 'teacher' | 'off';

export const chatModes: readonly ChatMode[] = ['open', 'teacher', 'off'];

export interface ChatLine {
  seq: number;
  at: number;
  participantId: string;
  name: string;
  text: string;
  /** Null: everyone; "staff"; a participant id; "group:" and the id of a subgroup. */
  to: string | null;
  /** Taken away by a teacher; only the staff sees that something was there. */
  isGone: boolean;
}

export type AskState = 'open' | 'picked' | 'answered' | 'dismissed';

/** A question from a pupil. */
export interface Asked {
  seq: number;
  at: number;
  participantId: string;
  name: string;
  text: string;
  state: AskState;
  /** Who wants to know it, too. */
  likes: Set<string>;
}

export const reactionKinds = ['clap', 'like', 'smile', 'wow', 'done'] as const;
export type ReactionKind = (typeof reactionKinds)[number];

export interface Reaction {
  seq: number;
  kind: ReactionKind;
}

/** What the lesson says: beside the chat, which is lesson.chat. */
export interface Talk {
  mode: ChatMode;
  asks: Asked[];
  /** The newest ones, to float over the picture. */
  reactions: Reaction[];
  /** Who has the lead instead of the teacher. */
  leader: string | null;
  allMuted: boolean;
  muted: Set<string>;
  /** May speak although all are muted. */
  open: Set<string>;
}

export const emptyTalk = (): Talk => ({ mode: 'open', asks: [], reactions: [], leader: null, allMuted: false, muted: new Set(), open: new Set() });
