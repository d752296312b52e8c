import { describe, expect, it } from 'vitest';
import type { StorageOverview } from '@/generated/contracts';
import { storageLine } from './storageLine';

const storage = (over: Partial<StorageOverview>): StorageOverview => ({
  shares: [], freeBytes: 1000, bytesPerDay: 10, daysLeft: 100,
  days: [{ day: '2026-09-01T00:00:00Z', bytes: 100 }, { day: '2026-09-11T00:00:00Z', bytes: 200 }],
  ...over,
});

describe('the line of the store', () => {
  it('goes on from the last day at the pace of the fit', () => {
    const line = storageLine(storage({}));
    expect(line.measured[1]![0]).toBeCloseTo(10 / 40);
    expect(line.forecast[0]).toEqual(line.measured[1]);
    expect(line.forecast[1]![1] * line.top).toBeCloseTo(500);
    expect(line.full).toBeNull();
  });

  it('ends where the disk is full', () => {
    const line = storageLine(storage({ freeBytes: 50 }));
    expect(line.forecast[1]![0]).toBeCloseTo(15 / 40);
    expect(line.forecast[1]![1] * line.top).toBeCloseTo(250);
    expect(line.full! * line.top).toBeCloseTo(250);
  });

  it('has no forecast before there is a fit', () => {
    expect(storageLine(storage({ bytesPerDay: null })).forecast).toEqual([]);
  });
});
