import { shallowReactive, shallowRef } from 'vue';
import type { IceServer } from '@/generated/contracts';
import { toRtcServers } from './ice';
import { Revival } from './revival';
import { sessionOf } from './sdp';
import { Watchdog } from './watchdog';

export interface SubscribeServer {
  /** While the hub is away nothing is asked for: its return does that. */
  isOnline(): boolean;
  subscribe(publicationIds: string[]): Promise<void>;
  answer(revision: number, sdp: string): Promise<void>;
  restart(): Promise<void>;
  /** The line was down and is back. */
  revived(): void;
}

/** Everything this page receives, on one connection that the server offers. */
export class SubscribeConnection {
  readonly state = shallowRef<'idle' | 'connecting' | 'connected' | 'lost'>('idle');
  /** Tracks by publication id. */
  readonly tracks = shallowReactive(new Map<string, MediaStreamTrack>());

  private pc: RTCPeerConnection | null = null;
  private session = '';
  private wanted: string[] = [];
  private readonly receivers = new Map<string, RTCRtpReceiver>();
  private queue: Promise<void> = Promise.resolve();
  private readonly watchdog = new Watchdog(() => this.restart());
  private readonly revival = new Revival(() => this.server.revived());
  private isClosed = false;

  constructor(
    private readonly server: SubscribeServer,
    private iceServers: IceServer[],
  ) {}

  /** The publications to receive from now on. */
  want(publicationIds: string[]): void {
    const next = [...publicationIds].sort();
    if (next.join() === this.wanted.join()) return;
    this.wanted = next;
    void this.server.subscribe(next).catch(() => undefined);
  }

  /** After the hub came back: the server hears again what is wanted, and a connection that is down gets fresh candidates. */
  resume(iceServers: IceServer[]): void {
    this.iceServers = iceServers;
    this.watchdog.calm();
    if (this.wanted.length === 0 && !this.pc) return;
    void this.server.subscribe(this.wanted).catch(() => undefined);
    if (this.state.value === 'lost') this.restart();
    else this.watch();
  }

  /** This end's addresses have changed: fresh candidates. What flows goes on meanwhile. */
  refresh(): void {
    if (this.pc) this.restart();
  }

  onOffer(revision: number, sdp: string, mids: Record<string, string>): void {
    const step = this.queue.then(() => (this.isClosed ? undefined : this.answer(revision, sdp, mids)));
    this.queue = step.catch(() => {
      // An offer that this connection cannot take: the next one starts anew.
      this.session = '';
      this.watchdog.fell(() => this.pc);
    });
  }

  receiver(publicationId: string): RTCRtpReceiver | undefined {
    return this.receivers.get(publicationId);
  }

  /** Loudness from 0 to 1 of all received sound, by publication id, as the browser last decoded it. */
  async levels(): Promise<Map<string, number>> {
    const levels = new Map<string, number>();
    const ids = new Map([...this.tracks].map(([id, track]) => [track.id, id]));
    (await this.pc?.getStats())?.forEach((entry: { type: string; kind?: string; trackIdentifier?: string; audioLevel?: number }) => {
      const id = entry.type === 'inbound-rtp' && entry.kind === 'audio' ? ids.get(entry.trackIdentifier ?? '') : undefined;
      if (id !== undefined) levels.set(id, entry.audioLevel ?? 0);
    });
    return levels;
  }

  connection(): RTCPeerConnection | null {
    return this.pc;
  }

  close(): void {
    this.isClosed = true;
    this.watchdog.stop();
    this.revival.stop();
    this.pc?.close();
    this.pc = null;
    this.tracks.clear();
    this.state.value = 'idle';
  }

  private async answer(revision: number, sdp: string, mids: Record<string, string>): Promise<void> {
    const session = sessionOf(sdp);
    if (!this.pc || session !== this.session) {
      this.pc?.close();
      this.pc = this.build();
      this.session = session;
    }
    const pc = this.pc;
    await pc.setRemoteDescription({ type: 'offer', sdp });
    await pc.setLocalDescription(await pc.createAnswer());
    this.take(pc, mids);
    await this.server.answer(revision, pc.localDescription!.sdp);
    this.watch();
  }

  private take(pc: RTCPeerConnection, mids: Record<string, string>): void {
    this.receivers.clear();
    for (const { mid, receiver } of pc.getTransceivers()) {
      const id = mid === null ? undefined : mids[mid];
      if (!id) continue;
      this.receivers.set(id, receiver);
      if (this.tracks.get(id) !== receiver.track) this.tracks.set(id, receiver.track);
    }
    for (const id of [...this.tracks.keys()]) {
      if (!this.receivers.has(id)) this.tracks.delete(id);
    }
  }

  private build(): RTCPeerConnection {
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers: toRtcServers(this.iceServers) });
    this.state.value = 'connecting';
    pc.onconnectionstatechange = () => {
      if (pc !== this.pc) return;
      if (pc.connectionState === 'connected') {
        this.state.value = 'connected';
        this.watchdog.calm();
        this.revival.found();
      } else if (pc.connectionState === 'failed' || pc.connectionState === 'disconnected') {
        this.state.value = 'lost';
        this.watchdog.fell(() => this.pc);
        this.revival.seek(() => this.pc);
      }
    };
    return pc;
  }

  private watch(): void {
    if (this.pc?.connectionState !== 'connected') this.watchdog.watch(() => this.pc);
  }

  /** Fresh candidates, offered by the server; the hub's return asks for what cannot be asked for now. */
  private restart(): void {
    if (this.isClosed || !this.server.isOnline()) return;
    void this.server.restart().catch(() => undefined);
    this.watch();
  }
}
