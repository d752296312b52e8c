export default {
  chooseChapter: 'Choose a chapter',
} as const;
