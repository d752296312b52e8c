import type { DocumentLink } from '@/generated/contracts';

/** The widths in which the server has drawn each page. */
export const pageWidths = [960, 1920, 3840];
/** Links are renewed before they run out. */
const usableShare = 0.8;

/** The smallest picture that is sharp on this many pixels; one that is a little small is taken rather than four times the bytes. */
export function widthFor(pixels: number): number {
  return pageWidths.find((width) => width * 1.15 >= pixels) ?? pageWidths.at(-1)!;
}

/** Where the pages of documents are fetched; each document's link is asked for once. */
export class PageLinks {
  private readonly links = new Map<string, { base: Promise<string>; until: number }>();

  constructor(
    private readonly ask: (documentId: string) => Promise<DocumentLink>,
    private readonly now: () => number = Date.now,
  ) {}

  async url(documentId: string, page: number, width: number): Promise<string> {
    const base = await this.base(documentId);
    return `${base}${page}-${width}.webp`;
  }

  /** The link did not open: the next one is a new one. */
  drop(documentId: string): void {
    this.links.delete(documentId);
  }

  private base(documentId: string): Promise<string> {
    const known = this.links.get(documentId);
    if (known && known.until > this.now()) return known.base;
    const entry = { base: Promise.resolve(''), until: Infinity };
    entry.base = this.ask(documentId).then(
      (link) => {
        entry.until = this.now() + link.expiresInSeconds * 1000 * usableShare;
        return link.pagesBase;
      },
      (error: unknown) => {
        this.links.delete(documentId);
        throw error;
      },
    );
    this.links.set(documentId, entry);
    return entry.base;
  }
}
