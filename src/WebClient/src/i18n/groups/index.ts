import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const groups = defineTexts(zh, en);
