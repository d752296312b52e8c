import type { StorageOverview } from '@/generated/contracts';

const dayMs = 86_400_000;

/** How far the forecast is drawn, in days. */
const ahead = 30;

export interface StorageLine {
  /** From 0 (left) to 1, and from 0 (empty) to 1 (top of the chart). */
  measured: [x: number, y: number][];
  forecast: [x: number, y: number][];
  /** Height at which the disk is full; null when that is above the chart, or not known. */
  full: number | null;
  /** What the disk holds together; null when not known. */
  capacity: number | null;
  top: number;
  lastDay: string;
}

/** What was measured, and the straight line of the growth from the last day on, in the unit square. */
export function storageLine(storage: StorageOverview): StorageLine {
  const days = storage.days;
  const first = Date.parse(days[0]!.day);
  const last = Date.parse(days.at(-1)!.day);
  const lastBytes = days.at(-1)!.bytes;
  const span = (last - first) / dayMs + ahead;
  const capacity = storage.freeBytes === null ? null : lastBytes + storage.freeBytes;
  const pace = storage.bytesPerDay ?? 0;
  // The line ends where the disk is full.
  const reach = storage.freeBytes !== null && pace > 0 ? Math.min(ahead, storage.freeBytes / pace) : ahead;
  const end = Math.max(0, lastBytes + pace * reach);
  const highest = Math.max(1, end, ...days.map((day) => day.bytes)) * 1.15;
  const x = (at: number) => (at - first) / dayMs / span;
  return {
    measured: days.map((day) => [x(Date.parse(day.day)), day.bytes / highest]),
    forecast: storage.bytesPerDay === null ? [] : [[x(last), lastBytes / highest], [x(last + reach * dayMs), end / highest]],
    full: capacity !== null && capacity <= highest ? capacity / highest : null,
    capacity,
    top: highest,
    lastDay: new Date(last + ahead * dayMs).toISOString(),
  };
}
