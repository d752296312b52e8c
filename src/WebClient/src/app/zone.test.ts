import { describe, expect, it } from 'vitest';
import { fromPicker, toPicker } from './zone';

describe('wall times of the timetable', () => {
  it('shows the zone\'s clock in the picker\'s local fields', () => {
    const shown = toPicker(new Date('2026-11-21T02:00:00Z'), 'Asia/Shanghai');
    expect([shown.getFullYear(), shown.getMonth(), shown.getDate(), shown.getHours(), shown.getMinutes()]).toEqual([2026, 10, 21, 10, 0]);
  });

  it.each([
    ['2026-11-21T02:00:00Z', 'Asia/Shanghai'],
    ['2026-12-31T16:30:00Z', 'Asia/Shanghai'],
    ['2026-03-29T01:30:00Z', 'Europe/Berlin'],
    ['2026-10-25T02:30:00Z', 'Europe/Berlin'],
    ['2026-06-01T00:00:00Z', 'America/St_Johns'],
  ])('comes back to %s in %s', (moment, timeZone) => {
    expect(fromPicker(toPicker(new Date(moment), timeZone), timeZone).toISOString()).toBe(new Date(moment).toISOString());
  });
});
