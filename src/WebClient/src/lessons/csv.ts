/** The columns of an import, as the first line of a file names them in either language. */
export interface CsvColumns {
  zh: string;
  en: string;
}

export const rosterColumns: CsvColumns = { zh: '学号,姓名,录像', en: 'number,name,recorded' };
export const accountColumns: CsvColumns = { zh: '登录名,姓名,角色,学校,学科,密码', en: 'userName,displayName,role,school,subject,password' };
export const catalogueColumns: CsvColumns = {
  zh: '学段,年级,学科,教材版本,版次,册次,单元,课,知识点,先学',
  en: 'stage,grade,subject,edition,version,volume,unit,section,point,needs',
};

/** Rows that were pasted without a first line of names get one. */
export function withHeader(text: string, columns: CsvColumns): string {
  const known = [...columns.zh.split(','), ...columns.en.split(',')].map((name) => name.toLowerCase());
  // A file in JSON names its columns in every line.
  if (/^\s*\[/.test(text)) return text;
  const first = text.replace(/^\uFEFF/, '').trimStart().split(/\r?\n/, 1)[0] ?? '';
  const isHeader = first.split(',').some((cell) => known.includes(cell.trim().replace(/^"|"$/g, '').toLowerCase()));
  return isHeader ? text : `${columns.en}\n${text}`;
}
