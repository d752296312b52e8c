/** What the server issues: a signed base that expires. */
export interface IssuedBase {
  mediaBase: string;
  expiresInSeconds: number;
}

/** Keeps a signed media base valid while a page plays from it, by asking again when four fifths of its life are over. */
export class MediaTicket {
  /** The base that addresses on the page were built with. */
  readonly issued: string;
  private latest: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param renew asks the server for the next base; a refusal is tried again, since the old base may still live. */
  constructor(first: IssuedBase, private readonly renew: () => Promise<IssuedBase>) {
    this.issued = first.mediaBase;
    this.latest = first.mediaBase;
    this.schedule(first.expiresInSeconds * 0.8);
  }

  get current(): string {
    return this.latest;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private schedule(seconds: number): void {
    // Never faster than every five seconds, whatever the server says.
    this.timer = setTimeout(() => void this.refresh(), Math.max(5, seconds) * 1000);
  }

  private async refresh(): Promise<void> {
    try {
      const next = await this.renew();
      this.latest = next.mediaBase;
      this.schedule(next.expiresInSeconds * 0.8);
    } catch {
      this.schedule(10);
    }
  }
}
