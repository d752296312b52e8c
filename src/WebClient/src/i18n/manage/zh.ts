export default {
  chooseChapter: '选择目录位置',
} as const;
