import { ref } from 'vue';

/** Chinese first; English by the switch. */
export type Locale = 'zh' | 'en';

export type Params = Record<string, string | number>;

const storageKey = 'classroom.locale';

function remembered(): Locale {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh';
  } catch {
    // Storage may be forbidden; the page then starts in Chinese each time.
    return 'zh';
  }
}

export const locale = ref<Locale>(remembered());

export function setLocale(next: Locale): void {
  locale.value = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Not remembered, still switched.
  }
  if (typeof document !== 'undefined') {
    document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  }
}

/** The locale for Intl: dates, numbers, sorting. */
export function intlLocale(): string {
  return locale.value === 'zh' ? 'zh-CN' : 'en-GB';
}

/** Names one after another, with the comma of the language. */
export function listed(names: readonly string[]): string {
  return names.join(locale.value === 'zh' ? '、' : ', ');
}

/** Puts values into a text: {name} is the value, {name|one|more} a word for one or for any other number. */
export function fill(text: string, params?: Params): string {
  if (!params) return text;
  return text
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name: string, one: string, more: string) => (Number(params[name]) === 1 ? one : more))
    .replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/**
 * The texts of one area of pages. Each area has a folder with zh.ts and en.ts side by side, so that a page's chunk
 * brings its own words only. Reading a text inside a template or computed follows the language switch.
 */
export function defineTexts<const T extends Record<string, string>>(zh: T, en: Record<keyof T, string>) {
  return (key: keyof T, params?: Params): string => fill(locale.value === 'zh' ? zh[key]! : en[key], params);
}
