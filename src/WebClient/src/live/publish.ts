import { shallowRef } from 'vue';
import type { IceServer, PublishReply, PublishRequest } from '@/generated/contracts';
import { toRtcServers } from './ice';
import { encodingsFor, isSharp } from './layers';
import { Revival } from './revival';
import { orderCodecs, sessionOf, withSoundRepeats } from './sdp';
import { Watchdog } from './watchdog';

export interface GroupTracks {
  video?: MediaStreamTrack | null;
  audio?: MediaStreamTrack | null;
}

export interface PublishServer {
  /** While the hub is away nothing is negotiated: its return does that. */
  isOnline(): boolean;
  publish(request: PublishRequest): Promise<PublishReply>;
  unpublish(group: string): Promise<void>;
  /** Whether the server answers now: a hub that is called online may just not have noticed yet. */
  isReachable(): Promise<boolean>;
  /** The line was down and is back. */
  revived(): void;
}

interface Sending {
  group: string;
  kind: 'audio' | 'video';
  track: MediaStreamTrack | null;
  transceiver: RTCRtpTransceiver | null;
  /** Encodings that somebody needs, by name; null: nothing was said, all of them. */
  needed: string[] | null;
}

const cameraBitrate = 1_800_000;
const screenBitrate = 1_500_000;
/** The server's word that it lost a connection may be about the one before. */
const freshMs = 3000;

/** Everything this page sends, on one connection that the page offers. It heals itself after the network or the server was away. */
export class PublishConnection {
  readonly state = shallowRef<'idle' | 'connecting' | 'connected' | 'lost'>('idle');

  private pc: RTCPeerConnection | null = null;
  private session = '';
  private readonly sendings: Sending[] = [];
  private queue: Promise<void> = Promise.resolve();
  private readonly watchdog = new Watchdog(() => {
    if (this.server.isOnline()) void this.rebuild();
  });
  private readonly revival = new Revival(() => this.server.revived());
  private isClosed = false;
  private builtAt = -Infinity;

  constructor(
    private readonly server: PublishServer,
    private readonly codec: string,
    private iceServers: IceServer[],
  ) {}

  /** Sends these tracks as a group; a track that only changes its source needs no negotiation. */
  async set(group: string, tracks: GroupTracks): Promise<void> {
    let changed = false;
    // Video first: the first section of the connection is then one that stays.
    for (const kind of ['video', 'audio'] as const) {
      changed = (await this.setTrack(group, kind, tracks[kind] ?? null)) || changed;
    }
    if (changed) await this.negotiate(false);
  }

  /** Ends a group. Its sections stay as inactive, since rejecting the first one would end the whole transport. */
  async remove(group: string): Promise<void> {
    if (!this.sendings.some((sending) => sending.group === group && sending.track)) return;
    await this.set(group, {});
    await this.server.unpublish(group).catch(() => undefined);
  }

  has(group: string): boolean {
    return this.sendings.some((sending) => sending.group === group && sending.track !== null);
  }

  /** After the hub came back: fresh candidates, or a new connection when the server lost the old one (it was started anew). */
  resume(iceServers: IceServer[], isKnown: boolean): void {
    this.iceServers = iceServers;
    this.watchdog.calm();
    // Media that found the line by themselves before the hub did go on as they are.
    if (this.isActive) void (isKnown || !this.session ? this.negotiate(this.pc?.connectionState !== 'connected') : this.rebuild());
  }

  /** This end's addresses have changed: fresh candidates. What flows goes on meanwhile. */
  refresh(): void {
    if (this.pc && this.session) void this.restart(this.pc, () => true);
  }

  /** The server says that it lost the connection; of one that has just been replaced it says so too. */
  lost(): void {
    // One that is on its way up is the watchdog's.
    if (this.isActive && this.state.value !== 'connecting' && performance.now() - this.builtAt > freshMs) void this.rebuild();
  }

  /** Only these encodings of a media section are needed; the others rest, which spares the uplink and the encoder. */
  async rest(mid: string, rids: string[]): Promise<void> {
    const sending = this.sendings.find((item) => item.transceiver?.mid === mid);
    if (!sending) return;
    sending.needed = rids;
    await tune(sending);
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
    this.state.value = 'idle';
  }

  private get isActive(): boolean {
    return !this.isClosed && this.sendings.some((sending) => sending.track !== null);
  }

  private async setTrack(group: string, kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<boolean> {
    let sending = this.sendings.find((item) => item.group === group && item.kind === kind);
    if (!sending) {
      if (!track) return false;
      sending = { group, kind, track: null, transceiver: null, needed: null };
      this.sendings.push(sending);
    }
    const direction = track ? 'sendonly' : 'inactive';
    const changed = (sending.track === null) !== (track === null) || !sending.transceiver;
    sending.track = track;
    if (sending.transceiver) {
      sending.transceiver.direction = direction;
      await sending.transceiver.sender.replaceTrack(track);
    }
    return changed;
  }

  private negotiate(restart: boolean): Promise<void> {
    return this.enqueue(async () => {
      if (!this.isActive) return this.hangUp();
      this.pc ??= this.build();
      this.addMissing(this.pc);
      const reply = await this.offer(this.pc, restart);
      if (this.session && this.session !== sessionOf(reply.sdp)) {
        // Another certificate or session: the server was started anew. Only a new connection gets on with it.
        this.replace();
        await this.accept(await this.offer(this.pc!, false));
      } else {
        await this.accept(reply);
      }
    });
  }

  private rebuild(): Promise<void> {
    return this.enqueue(async () => {
      if (!this.isActive) return;
      this.replace();
      await this.accept(await this.offer(this.pc!, false));
    });
  }

  /** Nothing is sent any more: the next track gets a connection of its own. */
  private hangUp(): void {
    this.watchdog.stop();
    this.revival.stop();
    this.pc?.close();
    this.pc = null;
    this.session = '';
    for (const sending of this.sendings) sending.transceiver = null;
    this.state.value = 'idle';
  }

  private replace(): void {
    this.pc?.close();
    this.session = '';
    for (const sending of this.sendings) sending.transceiver = null;
    this.pc = this.build();
    this.addMissing(this.pc);
  }

  private async offer(pc: RTCPeerConnection, iceRestart: boolean): Promise<PublishReply> {
    await pc.setLocalDescription(await pc.createOffer({ iceRestart }));
    const groups: Record<string, string> = {};
    for (const { transceiver, track, group } of this.sendings) {
      if (transceiver?.mid && track) groups[transceiver.mid] = group;
    }
    return this.server.publish({ sdp: withSoundRepeats(pc.localDescription!.sdp), groups });
  }

  private async accept(reply: PublishReply): Promise<void> {
    const pc = this.pc;
    if (!pc) return;
    await pc.setRemoteDescription({ type: 'answer', sdp: reply.sdp });
    this.session = sessionOf(reply.sdp);
    await Promise.all(this.sendings.map((sending) => tune(sending)));
    this.watch();
  }

  private build(): RTCPeerConnection {
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers: toRtcServers(this.iceServers) });
    this.state.value = 'connecting';
    this.builtAt = performance.now();
    pc.onconnectionstatechange = () => {
      if (pc !== this.pc) return;
      if (pc.connectionState === 'connected') {
        this.state.value = 'connected';
        this.watchdog.calm();
        this.revival.found();
      } else if (pc.connectionState === 'failed') {
        this.state.value = 'lost';
        this.watchdog.fell(() => this.pc);
        this.revival.seek(() => this.pc);
      } else if (pc.connectionState === 'disconnected') {
        this.state.value = 'lost';
        this.revival.seek(() => this.pc);
        void this.restart(pc, () => pc.connectionState !== 'connected');
      }
    };
    return pc;
  }

  /** Fresh candidates, unless it is the whole line that is down: then the server would not hear of the new names, and would not know the checks that bear them. */
  private async restart(pc: RTCPeerConnection, isStillOfUse: () => boolean): Promise<void> {
    const isReachable = await this.server.isReachable();
    if (isReachable && pc === this.pc && isStillOfUse()) await this.negotiate(true);
  }

  private addMissing(pc: RTCPeerConnection): void {
    for (const sending of this.sendings) {
      if (sending.transceiver || !sending.track) continue;
      sending.needed = null;
      sending.transceiver = add(pc, sending.track, sending.kind === 'video' ? encodingsFor(sending.group, sending.track, this.codec) : []);
      if (sending.kind === 'video') prefer(sending.transceiver, this.codec);
    }
  }

  private watch(): void {
    if (this.pc?.connectionState !== 'connected') this.watchdog.watch(() => this.pc);
  }

  /** One negotiation at a time; one that fails leaves the next a chance (the hub's return asks for one). */
  private enqueue(step: () => Promise<void>): Promise<void> {
    const next = this.queue.then(async () => {
      if (!this.isClosed) await step();
    });
    this.queue = next.catch(() => {
      if (this.isActive) this.watch();
    });
    return this.queue;
  }
}

function prefer(transceiver: RTCRtpTransceiver, wanted: string): void {
  const codecs = RTCRtpSender.getCapabilities?.('video')?.codecs ?? [];
  const ordered = orderCodecs(codecs, wanted);
  if (ordered.length > 0) transceiver.setCodecPreferences?.(ordered);
}

function add(pc: RTCPeerConnection, track: MediaStreamTrack, sendEncodings: RTCRtpEncodingParameters[]): RTCRtpTransceiver {
  const init: RTCRtpTransceiverInit = { direction: 'sendonly', streams: [new MediaStream([track])] };
  if (sendEncodings.length < 2) return pc.addTransceiver(track, init);
  try {
    return pc.addTransceiver(track, { ...init, sendEncodings });
  } catch {
    // A browser that does not know the names of scalability modes.
    return pc.addTransceiver(track, { ...init, sendEncodings: sendEncodings.map(({ scalabilityMode: _, ...encoding }: RTCRtpEncodingParameters & { scalabilityMode?: string }) => encoding) });
  }
}

/** Bit rates, resting encodings, and what to give up first when there is too little of the line. */
async function tune({ transceiver, track, group, kind, needed }: Sending): Promise<void> {
  if (!transceiver || !track || kind !== 'video') return;
  const isScreen = group === 'Courseware' || group === 'screen';
  if ('contentHint' in track) track.contentHint = isSharp(group) ? 'detail' : 'motion';
  const parameters = transceiver.sender.getParameters();
  if (!parameters.encodings?.[0]) return;
  if (parameters.encodings.length === 1) parameters.encodings[0].maxBitrate = isScreen ? screenBitrate : cameraBitrate;
  else for (const encoding of parameters.encodings) encoding.active = needed === null || needed.includes(encoding.rid ?? '');
  const degradation = parameters as RTCRtpSendParameters & { degradationPreference?: string };
  // Sizes are what the layers are for. A browser that shrinks the camera by itself while only a small layer is needed has no room left
  // for the large one when it is wanted again, and every change of size would begin a new file of the recording.
  degradation.degradationPreference = isSharp(group) || parameters.encodings.length > 1 ? 'maintain-resolution' : 'balanced';
  await transceiver.sender.setParameters(parameters).catch(() => undefined);
}
