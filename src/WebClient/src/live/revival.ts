/** In between the browser checks an address by itself, several times a second. */
const everyMs = 1000;
/** The server keeps a silent connection for two minutes. */
const mostRounds = 130;

/** What is needed of an RTCPeerConnection. */
export interface Revivable {
  readonly connectionState: RTCPeerConnectionState;
  readonly currentRemoteDescription: { sdp: string } | null;
  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void>;
}

/**
 * Looks for the server while a media connection is down. Browsers give up a path that has been silent for half a minute; told the
 * server's addresses once more, they check them once more. The server keeps such a connection for a while, so that media
 * flow again at once. It is also how a page hears first that its line is back: a TCP connection that was begun while the line was down
 * is tried again ever more rarely, and browsers begin no other one.
 */
export class Revival {
  private timer: ReturnType<typeof setInterval> | undefined;

  /** @param revived the connection is up again, by itself. */
  constructor(private readonly revived: () => void) {}

  seek(connection: () => Revivable | null): void {
    if (this.timer !== undefined) return;
    let round = 0;
    this.timer = setInterval(() => {
      const pc = connection();
      if (!pc || ++round > mostRounds) return;
      for (const candidate of candidatesOf(pc.currentRemoteDescription?.sdp ?? '', `again${round}`)) void pc.addIceCandidate(candidate).catch(() => undefined);
    }, everyMs);
  }

  /** The connection is up. */
  found(): void {
    if (this.timer === undefined) return;
    this.stop();
    this.revived();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/**
 * The other end's addresses, once each, under a name that makes them new to the browser. All sections of a description share
 * them, and those that were told before stand in it too.
 */
export function candidatesOf(sdp: string, foundation: string): RTCIceCandidateInit[] {
  for (const section of sdp.split(/^m=/m).slice(1)) {
    const sdpMid = /^a=mid:(\S+)/m.exec(section)?.[1];
    const lines = [...section.matchAll(/^a=candidate:\S+ ([^\r\n]+)/gm)].map((match) => `candidate:${foundation} ${match[1]}`);
    if (sdpMid !== undefined && lines.length > 0) return [...new Set(lines)].map((candidate) => ({ candidate, sdpMid }));
  }
  return [];
}
