import { shallowRef } from 'vue';
import { ApiFailure } from './http';
import { newKey } from './ids';
import { isServerReady, ServerWatch, type Readiness } from './ready';
import { inTime, pauseBefore, sleep, type Pace } from './retry';
import type { Ack, EventDto, IClassroomHub, JoinReply, JoinRequest, PassingInk } from '@/generated/contracts';

/** One WebSocket's life; HubConnection has this shape, and tests have a fake. */
export interface HubWire {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke(method: string, ...args: unknown[]): Promise<unknown>;
  /** Without an answer. */
  send(method: string, ...args: unknown[]): Promise<void>;
  on(method: string, handler: (...args: never[]) => void): void;
  onclose(handler: () => void): void;
}

export type HubStatus = 'connecting' | 'online' | 'lost' | 'closed';

/** A pointer, the beginning of a stroke, or more of one whose beginning has passed. */
export type PassingPiece = PassingInk | { id: string; from: number; points: string };

export interface HubHandlers {
  request: () => JoinRequest;
  onJoined: (reply: JoinReply) => void;
  onEvents: (events: EventDto[]) => void;
  onSubscribeOffer: (revision: number, sdp: string, tracks: Record<string, string>) => void;
  onTransportState: (kind: string, state: string) => void;
  onLayersWanted: (mid: string, rids: string[]) => void;
  onLimits: (reasons: Record<string, string>) => void;
  /** What somebody is drawing or pointing at. */
  onPassing?: (who: string, piece: PassingPiece) => void;
}

export interface HubOptions {
  connect: (token: string) => HubWire;
  /** The join token; fresh is true when the one before may have run out. */
  token: (fresh: boolean) => Promise<string>;
  handlers: HubHandlers;
  /** Whether the server takes traffic; /readyz by default. */
  isReady?: () => Promise<Readiness>;
}

type Commands = Exclude<keyof IClassroomHub, 'Join' | 'Publish' | 'Unpublish' | 'Subscribe' | 'SubscribeAnswer' | 'RestartSubscribe' | 'ShowPictures' | 'ReportLink' | 'Pass' | 'LinkDocument' | 'GroupPast' | 'AnswerPicture' | 'ClassRoster' | 'PushedFile'>;
type Calls = Exclude<keyof IClassroomHub, Commands | 'Join'>;
type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

/** Between two tries while the server is there; while it is away, its return is waited for. */
const pace: Pace = { firstMs: 250, mostMs: 4000 };
/** Long, since a server that has just come up is slow, and beginning again would make it slower. */
const startTimeoutMs = 15_000;
const answerTimeoutMs = 8000;
/** The line of a whole school comes back to all its tablets at once; they come to the server within this. */
const wakeSpreadMs = 250;
/** Failed starts after which the token itself is suspected. */
const startsPerToken = 3;
/** Refusals of Join after which trying again is useless. */
const finalCodes = new Set(['removed', 'not_allowed', 'lesson_not_found', 'ended', 'cancelled', 'room_full', 'door_locked', 'not_admitted']);

/** The code inside a HubException's message, or null when the call failed for another reason (a lost connection). */
export function refusalCode(error: unknown): string | null {
  const text = error instanceof Error ? error.message : String(error);
  return /HubException: (\w+)/.exec(text)?.[1] ?? null;
}

/** The connection to a live lesson: it comes back without limit as soon as the server does, and commands are sent until they are acknowledged. */
export class LessonHub {
  readonly status = shallowRef<HubStatus>('connecting');
  /** Why it was closed for good. */
  readonly closedBy = shallowRef<string | null>(null);

  private wire: HubWire | null = null;
  private waiters: { resolve: (wire: HubWire) => void; reject: (error: unknown) => void }[] = [];
  private rest = new AbortController();
  private readonly server: ServerWatch;

  constructor(private readonly options: HubOptions) {
    this.server = new ServerWatch(options.isReady ?? isServerReady);
  }

  /** Runs until closed; never throws. */
  async run(): Promise<void> {
    let failures = 0;
    let pauses = 0;
    while (!this.isClosed) {
      try {
        await this.connectOnce(failures > 0 && failures % startsPerToken === 0, () => (failures = pauses = 0));
      } catch (error) {
        const code = refusalCode(error) ?? finalFailure(error);
        if (code && (finalCodes.has(code) || error instanceof ApiFailure)) this.close(code);
      }
      failures++;
      if (this.isClosed) return;
      this.status.value = 'lost';
      // Pauses grow only while it is the server that refuses; of one that was away the next try is a first one.
      pauses = (await this.pause(pauses)) ? pauses + 1 : 0;
    }
  }

  /** A command with an idempotency key: survives lost connections; a refusal is thrown with its code. */
  command<M extends Commands>(method: M, ...args: Tail<Parameters<IClassroomHub[M]>>): Promise<Ack> {
    return this.commandAs(newKey(), method, ...args);
  }

  /** The same with a key that outlives this page: what a reload sends again is applied once. */
  async commandAs<M extends Commands>(key: string, method: M, ...args: Tail<Parameters<IClassroomHub[M]>>): Promise<Ack> {
    for (;;) {
      const wire = await this.joined();
      try {
        return (await inTime(wire.invoke(method, key, ...args), answerTimeoutMs)) as Ack;
      } catch (error) {
        const code = refusalCode(error);
        if (code) throw new ApiFailure(400, code, '');
        this.drop(wire);
      }
    }
  }

  /** A call about this connection's own state: tried once, since a new connection starts that state anew. */
  async call<M extends Calls>(method: M, ...args: Parameters<IClassroomHub[M]>): Promise<Awaited<ReturnType<IClassroomHub[M]>>> {
    const wire = await this.joined();
    try {
      return (await inTime(wire.invoke(method, ...args), answerTimeoutMs)) as Awaited<ReturnType<IClassroomHub[M]>>;
    } catch (error) {
      const code = refusalCode(error);
      if (code) throw new ApiFailure(400, code, '');
      this.drop(wire);
      throw new ApiFailure(0, 'offline', '');
    }
  }

  /** Tells what is passing, if there is a line: nothing is kept or answered. */
  tell(ink: PassingInk): void {
    if (this.wire && this.status.value === 'online') void this.wire.send('Pass', ink).catch(() => undefined);
  }

  /** The line came back: try now. */
  wake(): void {
    if (this.status.value === 'lost') setTimeout(() => this.rest.abort(), Math.random() * wakeSpreadMs);
  }

  close(code: string | null = null): void {
    if (this.isClosed) return;
    this.closedBy.value = code;
    this.status.value = 'closed';
    for (const waiter of this.waiters.splice(0)) waiter.reject(new ApiFailure(400, code ?? 'ended', ''));
    void this.wire?.stop();
    this.rest.abort();
  }

  private get isClosed(): boolean {
    return this.status.value === 'closed';
  }

  private async connectOnce(fresh: boolean, succeeded: () => void): Promise<void> {
    const wire = this.options.connect(await inTime(this.options.token(fresh), startTimeoutMs));
    const lost = new Promise<void>((resolve) => wire.onclose(() => resolve()));
    const early = this.listen(wire);
    try {
      await inTime(wire.start(), startTimeoutMs);
      const reply = (await inTime(wire.invoke('Join', this.options.handlers.request()), startTimeoutMs)) as JoinReply;
      if (this.isClosed) return void wire.stop();
      succeeded();
      this.accept(wire, reply, early);
    } catch (error) {
      void wire.stop();
      throw error;
    }
    await lost;
    this.wire = null;
  }

  private accept(wire: HubWire, reply: JoinReply, early: (() => void)[]): void {
    this.wire = wire;
    this.status.value = 'online';
    this.options.handlers.onJoined(reply);
    for (const told of early.splice(0)) told();
    for (const waiter of this.waiters.splice(0)) waiter.resolve(wire);
  }

  /**
   * @returns What was told before the reply to the join was taken, to be heard after it: both may come in one frame, of which
   * calls are heard at once and replies a moment later.
   */
  private listen(wire: HubWire): (() => void)[] {
    const early: (() => void)[] = [];
    const hear = (method: string, handler: (...args: never[]) => void) =>
      wire.on(method, (...args) => (this.wire === wire ? handler(...args) : void early.push(() => handler(...args))));
    const { onEvents, onSubscribeOffer, onTransportState, onLayersWanted, onLimits, onPassing } = this.options.handlers;
    hear('Events', onEvents);
    hear('SubscribeOffer', onSubscribeOffer);
    hear('TransportState', onTransportState);
    hear('LayersWanted', onLayersWanted);
    hear('Limits', onLimits);
    hear('Passing', (who: string, ink: PassingInk) => onPassing?.(who, ink));
    hear('PassingOn', (who: string, id: string, from: number, points: string) => onPassing?.(who, { id, from, points }));
    wire.on('Closed', (code: string) => this.close(code));
    return early;
  }

  private joined(): Promise<HubWire> {
    if (this.wire && this.status.value === 'online') return Promise.resolve(this.wire);
    if (this.isClosed) return Promise.reject(new ApiFailure(400, this.closedBy.value ?? 'ended', ''));
    return new Promise((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  /** A connection that does not answer is lost, whatever its socket says. */
  private drop(wire: HubWire): void {
    if (this.wire !== wire) return;
    this.wire = null;
    if (!this.isClosed) this.status.value = 'lost';
    void wire.stop();
  }

  private async pause(attempt: number): Promise<boolean> {
    this.rest = new AbortController();
    await sleep(pauseBefore(attempt, pace), this.rest.signal);
    return this.server.ready(this.rest.signal);
  }
}

/** The code of an HTTP refusal of a fresh token; a server that is away or busy is worth another try. */
function finalFailure(error: unknown): string | null {
  return error instanceof ApiFailure && error.status >= 400 && error.status < 500 && error.status !== 429 ? error.code : null;
}
