import type { NodeKind, TreeNode } from '@/generated/contracts';

/** From the top down. */
const kinds: readonly NodeKind[] = ['Stage', 'Grade', 'Subject', 'Edition', 'Volume', 'Unit', 'Section'];

/** What may stand below a level; only a stage stands at the top. */
export function kindsBelow(kind: NodeKind | null): NodeKind[] {
  return kind === null ? ['Stage'] : kinds.slice(kinds.indexOf(kind) + 1);
}

/** A line of the tree as it is shown. */
export interface TreeRow {
  node: TreeNode;
  level: number;
  isOpen: boolean;
  hasChildren: boolean;
}

/** A nested node, as cascaders want it. */
export interface NestedNode extends Record<string, unknown> {
  value: string;
  label: string;
  children?: NestedNode[];
}

const byParent = (nodes: readonly TreeNode[]) => {
  const children = new Map<string | null, TreeNode[]>();
  for (const node of nodes) children.set(node.parentId, [...(children.get(node.parentId) ?? []), node]);
  for (const list of children.values()) list.sort((a, b) => a.order - b.order);
  return children;
};

/** The nodes whose ancestors are all open, in the order of the book. */
export function visibleRows(nodes: readonly TreeNode[], open: ReadonlySet<string>): TreeRow[] {
  const children = byParent(nodes);
  const rows: TreeRow[] = [];
  const walk = (parent: string | null, level: number) => {
    for (const node of children.get(parent) ?? []) {
      const isOpen = open.has(node.id);
      const hasChildren = (children.get(node.id)?.length ?? 0) > 0;
      rows.push({ node, level, isOpen: isOpen && hasChildren, hasChildren });
      if (isOpen) walk(node.id, level + 1);
    }
  };
  walk(null, 0);
  return rows;
}

/** From the root down to the node itself; empty when it is not there. */
export function pathTo(nodes: readonly TreeNode[], id: string | null): TreeNode[] {
  const path: TreeNode[] = [];
  for (let node = nodes.find((candidate) => candidate.id === id); node && path.length < 16; node = nodes.find((candidate) => candidate.id === node!.parentId)) {
    path.unshift(node);
  }
  return path;
}

export function nest(nodes: readonly TreeNode[]): NestedNode[] {
  const children = byParent(nodes);
  const build = (parent: string | null): NestedNode[] =>
    (children.get(parent) ?? []).map((node) => {
      const below = build(node.id);
      return { value: node.id, label: node.name, ...(below.length > 0 ? { children: below } : {}) };
    });
  return build(null);
}

/** What is open when nobody has opened anything yet: down to the first level that offers a choice. */
export function firstOpen(nodes: readonly TreeNode[]): Set<string> {
  const children = byParent(nodes);
  const open = new Set<string>();
  let level = children.get(null) ?? [];
  while (level.length === 1 && !open.has(level[0]!.id)) {
    open.add(level[0]!.id);
    level = children.get(level[0]!.id) ?? [];
  }
  return open;
}
