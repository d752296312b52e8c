import { defineTexts } from '..';
import en from './en';
import zh from './zh';

export const board = defineTexts(zh, en);
