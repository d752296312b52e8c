import type { EventDto } from '@/generated/contracts';
import type { Fold, LiveLesson } from '../state';
import { reactionKinds, type Asked, type ChatLine, type ReactionKind } from './state';

const keptReactions = 60;

/** Talking as the fold of its events. */
export const folds: Record<string, Fold> = {
  chat: (lesson, body, event) => {
    const line = { seq: event.seq, at: event.at, participantId: body.participantId, name: body.name, text: body.text, to: body.to ?? null, isGone: false };
    // The past of a subgroup is told to those who come to it, and may hold what they know.
    if (!lesson.chat.some((other) => other.seq === event.seq)) inOrder(lesson.chat, line);
  },
  'chat.gone': (lesson, body, event) => {
    const line = lesson.chat.find((other) => other.seq === body.seq);
    if (line) Object.assign(line, { text: '', isGone: true });
    else inOrder(lesson.chat, goneLine(body.seq, event));
  },
  'chat.mode': (lesson, body) => {
    lesson.talk.mode = body.mode;
  },
  ask: (lesson, body, event) => {
    lesson.talk.asks.push({ seq: event.seq, at: event.at, participantId: body.participantId, name: body.name, text: body.text, state: 'open', likes: new Set() });
  },
  'ask.like': (lesson, body) => {
    findAsk(lesson, body.seq)?.likes.add(body.participantId);
  },
  'ask.done': (lesson, body, event) => {
    const asked = findAsk(lesson, body.seq);
    if (asked) asked.state = body.state;
    // It was the teacher's alone until it was picked.
    else if (body.text) lesson.talk.asks.push({ seq: body.seq, at: event.at, participantId: '', name: body.name ?? '', text: body.text, state: body.state, likes: new Set() });
  },
  reaction: (lesson, body, event) => {
    if (!reactionKinds.includes(body.kind)) return;
    lesson.talk.reactions.push({ seq: event.seq, kind: body.kind as ReactionKind });
    if (lesson.talk.reactions.length > keptReactions) lesson.talk.reactions.shift();
  },
  lead: (lesson, body) => {
    lesson.talk.leader = body.participantId ?? null;
  },
  mute: ({ talk }, body) => {
    const [to, from] = body.muted ? [talk.muted, talk.open] : [talk.open, talk.muted];
    to.add(body.participantId);
    from.delete(body.participantId);
  },
  'mute.all': ({ talk }, body) => {
    talk.allMuted = body.muted;
    talk.muted.clear();
    talk.open.clear();
  },
  stage: ({ talk }, body) => {
    if (body.participantId) talk.open.add(body.participantId);
  },
  hand: ({ talk }, body) => {
    if (!body.up) talk.open.delete(body.participantId);
  },
};

function findAsk(lesson: LiveLesson, seq: number): Asked | undefined {
  return lesson.talk.asks.find((asked) => asked.seq === seq);
}

function goneLine(seq: number, event: EventDto): ChatLine {
  return { seq, at: event.at, participantId: '', name: '', text: '', to: null, isGone: true };
}

function inOrder(lines: ChatLine[], line: ChatLine): void {
  let at = lines.length;
  while (at > 0 && lines[at - 1]!.seq > line.seq) at--;
  lines.splice(at, 0, line);
}
