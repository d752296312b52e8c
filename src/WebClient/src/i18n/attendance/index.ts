import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const attendance = defineTexts(zh, en);
