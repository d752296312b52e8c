import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const notes = defineTexts(zh, en);
