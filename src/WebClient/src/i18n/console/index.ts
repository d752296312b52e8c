import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const desk = defineTexts(zh, en);
