import { CircleCheckBig, PartyPopper, Smile, Sparkles, ThumbsUp } from '@lucide/vue';
import type { Component } from 'vue';
import type { ReactionKind } from './state';

/** A reaction's picture and colour; drawn, because not every classroom's panel has a font of emoji. Its word is in the texts. */
export const signs: Record<ReactionKind, { icon: Component; colour: string }> = {
  clap: { icon: PartyPopper, colour: '#d97706' },
  like: { icon: ThumbsUp, colour: '#0f8a80' },
  smile: { icon: Smile, colour: '#ca8a04' },
  wow: { icon: Sparkles, colour: '#8b5cf6' },
  done: { icon: CircleCheckBig, colour: '#16a34a' },
};
