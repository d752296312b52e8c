import { describe, expect, it } from 'vitest';
import type { TreeNode } from '@/generated/contracts';
import { firstOpen, nest, pathTo, visibleRows } from './tree';

const node = (id: string, parentId: string | null, order: number): TreeNode =>
  ({ id, parentId, kind: 'Unit', name: id.toUpperCase(), order, courseCount: 0, hasChildren: false, version: '', isRetired: false });
const nodes = [node('b', null, 2), node('a', null, 1), node('a2', 'a', 2), node('a1', 'a', 1), node('a1x', 'a1', 1)];

describe('chapter tree', () => {
  it('shows only what lies below open nodes, in the order of the book', () => {
    expect(visibleRows(nodes, new Set()).map((row) => row.node.id)).toEqual(['a', 'b']);
    expect(visibleRows(nodes, new Set(['a'])).map((row) => [row.node.id, row.level])).toEqual([['a', 0], ['a1', 1], ['a2', 1], ['b', 0]]);
    expect(visibleRows(nodes, new Set(['a1'])).map((row) => row.node.id)).toEqual(['a', 'b']);
  });

  it('knows the way from the root to a node', () => {
    expect(pathTo(nodes, 'a1x').map(({ id }) => id)).toEqual(['a', 'a1', 'a1x']);
    expect(pathTo(nodes, 'gone')).toEqual([]);
    expect(pathTo(nodes, null)).toEqual([]);
  });

  it('opens at first down to where there is a choice', () => {
    expect([...firstOpen([node('r', null, 1), node('s', 'r', 1), node('x', 's', 1), node('y', 's', 2)])]).toEqual(['r', 's']);
    expect(firstOpen(nodes).size).toBe(0);
  });

  it('survives a circle of parents', () => {
    expect(pathTo([node('x', 'y', 1), node('y', 'x', 1)], 'x').length).toBeLessThanOrEqual(16);
  });

  it('is nested for choosing', () => {
    expect(nest(nodes)[0]).toEqual({
      value: 'a', label: 'A', children: [{ value: 'a1', label: 'A1', children: [{ value: 'a1x', label: 'A1X' }] }, { value: 'a2', label: 'A2' }],
    });
  });
});
