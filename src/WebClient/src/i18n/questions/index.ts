import type { QuestionKind } from '@/generated/contracts';
import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const questions = defineTexts(zh, en);

/** 单选, 判断 … */
export function kindName(kind: QuestionKind): string {
  return questions(`kind_${kind}`);
}
