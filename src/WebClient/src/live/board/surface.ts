/** A page that is shown and drawn on, by its name on the wire: "doc:{documentId}/{page}", "board/{page}", or "board/g{group}". */
export interface Surface {
  /** Null for the whiteboard. */
  documentId: string | null;
  /** From 1. */
  page: number;
  /** The subgroup whose whiteboard it is. */
  group?: string;
}

export const mostBoardPages = 60;
/** The whiteboard is as wide as the panels it is shown on. */
export const boardAspect = 16 / 9;

export function parseSurface(name: string | null | undefined): Surface | null {
  const group = /^board\/g(\d+)$/.exec(name ?? '');
  if (group) return { documentId: null, page: 1, group: group[1] };
  const match = /^(?:board|doc:(\w+))\/(\d+)$/.exec(name ?? '');
  return match ? { documentId: match[1] ?? null, page: Number(match[2]) } : null;
}

export function surfaceName({ documentId, page, group }: Surface): string {
  if (group !== undefined) return `board/g${group}`;
  return `${documentId === null ? 'board' : `doc:${documentId}`}/${page}`;
}
