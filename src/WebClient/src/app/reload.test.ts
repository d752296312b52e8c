import { describe, expect, it } from 'vitest';
import { mayReload, noteReload } from './reload';

function memory(): Storage {
  const items = new Map<string, string>();
  return { getItem: (name: string) => items.get(name) ?? null, setItem: (name: string, value: string) => void items.set(name, value) } as unknown as Storage;
}

describe('a page of which a part did not come', () => {
  it('loads itself anew once, and again only after a minute', () => {
    const storage = memory();
    expect(mayReload(storage, 5000)).toBe(true);
    noteReload(storage, 5000);
    expect(mayReload(storage, 7000)).toBe(false);
    expect(mayReload(storage, 64_999)).toBe(false);
    expect(mayReload(storage, 65_000)).toBe(true);
  });
});
