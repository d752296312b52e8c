import { intlLocale } from '@/i18n';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** "3.2 GB": in powers of a thousand, as disks are sold. */
export function formatBytes(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3)));
  const value = bytes / 1000 ** step;
  return `${value.toLocaleString(intlLocale(), { maximumFractionDigits: step > 0 && Math.abs(value) < 100 ? 1 : 0 })} ${units[step]!}`;
}
