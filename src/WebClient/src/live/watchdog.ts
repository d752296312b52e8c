import { pauseBefore, type Pace } from '@/api/retry';

/** What a connection shows of its way up; RTCPeerConnection has this shape. */
export interface Handshake {
  readonly connectionState: RTCPeerConnectionState;
  readonly iceConnectionState: RTCIceConnectionState;
}

/** A connection that gets no answer at all is given up after that, a little later each time. */
const silent: Pace = { firstMs: 5000, mostMs: 10_000 };
/** One that was up and fell gets that long to heal by itself. */
const fallen: Pace = { firstMs: 1500, mostMs: 10_000 };
/** Packets flow and the keys are being agreed on: on a busy machine that is slow, and beginning again would only make it slower. */
const progressMs = 10_000;

/** Decides when a media connection that does not come up is made anew. */
export class Watchdog {
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param renew makes the connection anew; it calls watch again when it has done so. */
  constructor(
    private readonly renew: () => void,
    private readonly random: () => number = Math.random,
  ) {}

  /** A negotiation has ended: from now on the connection has its time to come up. */
  watch(connection: () => Handshake | null): void {
    this.after(silent, connection);
  }

  /** The connection fell. */
  fell(connection: () => Handshake | null): void {
    this.after(fallen, connection);
  }

  /** All is well, or begins from the start: the next trouble is a first one again. */
  calm(): void {
    this.attempt = 0;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private after(pace: Pace, connection: () => Handshake | null): void {
    this.stop();
    const patience = pauseBefore(this.attempt, pace, this.random);
    this.timer = setTimeout(() => {
      const left = progressMs - patience;
      if (left > 0 && isProgressing(connection())) this.timer = setTimeout(() => this.giveUp(connection), left);
      else this.giveUp(connection);
    }, patience);
  }

  private giveUp(connection: () => Handshake | null): void {
    if (connection()?.connectionState === 'connected') return this.calm();
    this.attempt++;
    this.renew();
  }
}

function isProgressing(connection: Handshake | null): boolean {
  return connection?.connectionState === 'connecting' && ['connected', 'completed'].includes(connection.iceConnectionState);
}
