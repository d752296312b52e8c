import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const tablet = defineTexts(zh, en);
