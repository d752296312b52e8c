import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventDto, JoinReply } from '@/generated/contracts';
import { ApiFailure } from './http';
import { LessonHub, refusalCode, type HubWire } from './hub';
import type { Readiness } from './ready';

type Answer = (method: string, args: unknown[]) => unknown;

class FakeWire implements HubWire {
  readonly sent: { method: string; args: unknown[] }[] = [];
  private closed: (() => void)[] = [];
  private handlers = new Map<string, (...args: never[]) => void>();

  constructor(
    readonly token: string,
    private readonly answer: Answer,
  ) {}

  async start(): Promise<void> {
    await this.answer('start', []);
  }

  async stop(): Promise<void> {
    this.fall();
  }

  async invoke(method: string, ...args: unknown[]): Promise<unknown> {
    this.sent.push({ method, args });
    return this.answer(method, args);
  }

  async send(method: string, ...args: unknown[]): Promise<void> {
    this.sent.push({ method, args });
  }

  on(method: string, handler: (...args: never[]) => void): void {
    this.handlers.set(method, handler);
  }

  onclose(handler: () => void): void {
    this.closed.push(handler);
  }

  fall(): void {
    for (const handler of this.closed.splice(0)) handler();
  }

  tell(method: string, ...args: unknown[]): void {
    (this.handlers.get(method) as (...args: unknown[]) => void)(...args);
  }
}

const refusal = (code: string) => new Error(`An unexpected error occurred invoking 'Join' on the server. HubException: ${code}`);
const lost = () => new Error('Invocation canceled due to the underlying connection being closed.');
const settle = () => vi.advanceTimersByTimeAsync(0);
/** Longer than any pause while the server is there. */
const nextTry = () => vi.advanceTimersByTimeAsync(4000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function build(answers: Answer[], token: (fresh: boolean) => Promise<string> = async () => 'ticket', isReady: () => Promise<Readiness> = async () => 'ready') {
  const wires: FakeWire[] = [];
  const joins: JoinReply[] = [];
  const heard: { seq: number; afterJoins: number }[] = [];
  const hub = new LessonHub({
    token,
    connect: (text) => {
      const wire = new FakeWire(text, answers[Math.min(wires.length, answers.length - 1)]!);
      wires.push(wire);
      return wire;
    },
    handlers: {
      request: () => ({ resumeToken: null, lastSeq: 0, name: null }),
      onJoined: (reply) => joins.push(reply),
      onEvents: (events) => events.forEach(({ seq }) => heard.push({ seq, afterJoins: joins.length })),
      onSubscribeOffer: () => undefined,
      onTransportState: () => undefined,
      onLayersWanted: () => undefined,
      onLimits: () => undefined,
    },
    isReady,
  });
  return { hub, wires, joins, heard };
}

const fine: Answer = (method) => (method === 'Join' ? { participantId: 'me' } : method === 'start' ? undefined : { seq: 1 });
const dead: Answer = () => {
  throw new Error('WebSocket failed to connect.');
};

describe('the connection to a lesson', () => {
  it('tries again without limit', async () => {
    const { hub, wires, joins } = build([...Array(50).fill(dead), fine]);
    void hub.run();
    await settle();
    for (let pause = 0; pause < 50; pause++) await nextTry();
    expect([wires.length, joins.length, hub.status.value]).toEqual([51, 1, 'online']);
  });

  it('leaves a server that is away alone and joins within half a second after it is ready', async () => {
    let isReady = false;
    const { hub, wires } = build([fine], undefined, async () => (isReady ? 'ready' : 'silent'));
    void hub.run();
    await settle();
    wires[0]!.fall();
    await vi.advanceTimersByTimeAsync(4500);
    expect([wires.length, hub.status.value]).toEqual([1, 'lost']);
    isReady = true;
    await vi.advanceTimersByTimeAsync(500);
    expect([wires.length, hub.status.value]).toEqual([2, 'online']);
  });

  it('tries all the same when the server never calls itself ready', async () => {
    const { hub, wires } = build([fine], undefined, async () => 'busy');
    void hub.run();
    await settle();
    wires[0]!.fall();
    await vi.advanceTimersByTimeAsync(16_000);
    expect([wires.length, hub.status.value]).toEqual([2, 'online']);
  });

  it('gives a server that has just come up its time for the first answers', async () => {
    const slow: Answer = (method, args) => new Promise((resolve) => setTimeout(() => resolve(fine(method, args)), 6500));
    const { hub, wires } = build([slow]);
    void hub.run();
    await vi.advanceTimersByTimeAsync(13_000);
    expect([wires.length, hub.status.value]).toEqual([1, 'online']);
  });

  it('does not make a server wait that was away, however often it failed before', async () => {
    let isReady = true;
    const { hub, wires } = build([dead], undefined, async () => (isReady ? 'ready' : 'silent'));
    void hub.run();
    await vi.advanceTimersByTimeAsync(20_000);
    isReady = false;
    await vi.advanceTimersByTimeAsync(5000);
    const before = wires.length;
    isReady = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(wires.length).toBeGreaterThan(before + 1);
  });

  it('tries within a quarter of a second when the line is back, whatever became of the questions that were asked before', async () => {
    const { hub, wires } = build([fine], undefined, () => new Promise(() => undefined));
    void hub.run();
    await settle();
    wires[0]!.fall();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wires.length).toBe(1);
    hub.wake();
    await vi.advanceTimersByTimeAsync(250);
    expect([wires.length, hub.status.value]).toEqual([2, 'online']);
  });

  it('asks no more after the page was left', async () => {
    const probe = vi.fn(async () => 'silent' as const);
    const { hub, wires } = build([fine], undefined, probe);
    void hub.run();
    await settle();
    wires[0]!.fall();
    await vi.advanceTimersByTimeAsync(1000);
    hub.close();
    await settle();
    const asked = probe.mock.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([probe.mock.calls.length, vi.getTimerCount()]).toEqual([asked, 0]);
  });

  it('spreads a class of tablets that lose the server in the same moment', async () => {
    const classOf52 = Array.from({ length: 52 }, () => build([fine]));
    for (const { hub } of classOf52) void hub.run();
    await settle();
    for (const { wires } of classOf52) wires[0]!.fall();
    let most = 0;
    for (let before = 0, elapsed = 0; elapsed < 300; elapsed += 10) {
      await vi.advanceTimersByTimeAsync(10);
      const back = classOf52.filter(({ wires }) => wires.length === 2).length;
      most = Math.max(most, back - before);
      before = back;
    }
    expect(classOf52.every(({ hub }) => hub.status.value === 'online')).toBe(true);
    expect(most).toBeLessThan(26);
  });

  it('asks for a fresh token after three failed starts', async () => {
    const fresh: boolean[] = [];
    const { hub } = build([dead], async (isFresh) => (fresh.push(isFresh), 'ticket'));
    void hub.run();
    await settle();
    for (let pause = 0; pause < 6; pause++) await nextTry();
    expect(fresh.slice(0, 7)).toEqual([false, false, false, true, false, false, true]);
  });

  it('joins again when the connection falls', async () => {
    const { hub, wires, joins } = build([fine]);
    void hub.run();
    await settle();
    wires[0]!.fall();
    await settle();
    expect(hub.status.value).toBe('lost');
    await nextTry();
    expect([joins.length, hub.status.value]).toEqual([2, 'online']);
  });

  it('hears what came in one frame with the reply to its join after that reply', async () => {
    const told: EventDto = { seq: 8, at: 0, who: 'server', kind: 'chat', body: {} };
    const tells: Answer = (method, args) => {
      if (method === 'Join') built.wires[0]!.tell('Events', [told]);
      return fine(method, args);
    };
    const built = build([tells]);
    void built.hub.run();
    await settle();
    expect(built.heard).toEqual([{ seq: 8, afterJoins: 1 }]);
  });

  it('sends a command again with the same key until it is acknowledged', async () => {
    const breaks: Answer = (method, args) => {
      if (method === 'RaiseHand') throw lost();
      return fine(method, args);
    };
    const { hub, wires } = build([breaks, fine]);
    void hub.run();
    await settle();
    const raised = hub.command('RaiseHand', true, null);
    await settle();
    await nextTry();
    expect(await raised).toEqual({ seq: 1 });
    const keys = wires.map((wire) => wire.sent.find((call) => call.method === 'RaiseHand')!.args[0]);
    expect(keys[0]).toBe(keys[1]);
  });

  it('holds commands back while the lesson cannot be reached', async () => {
    const { hub } = build([dead, fine]);
    void hub.run();
    await settle();
    const sent = hub.command('Confused');
    await nextTry();
    expect(await sent).toEqual({ seq: 1 });
  });

  it('gives a refused command back at once with its code', async () => {
    const refuses: Answer = (method, args) => {
      if (method === 'Chat') throw refusal('too_fast');
      return fine(method, args);
    };
    const { hub } = build([refuses]);
    void hub.run();
    await settle();
    await expect(hub.command('Chat', 'hi')).rejects.toMatchObject({ code: 'too_fast' });
  });

  it.each(['removed', 'ended', 'door_locked'])('stays away after being refused with %s', async (code) => {
    const refuses: Answer = (method) => {
      if (method === 'Join') throw refusal(code);
    };
    const { hub, wires } = build([refuses]);
    void hub.run();
    await settle();
    expect([hub.status.value, hub.closedBy.value, wires.length, vi.getTimerCount()]).toEqual(['closed', code, 1, 0]);
  });

  it('waits for a lesson that is not open yet', async () => {
    const early: Answer = (method) => {
      if (method === 'Join') throw refusal('not_open');
    };
    const { hub } = build([early, fine]);
    void hub.run();
    await settle();
    await nextTry();
    expect(hub.status.value).toBe('online');
  });

  it('does not come back after the server closed it', async () => {
    const { hub, wires } = build([fine]);
    void hub.run();
    await settle();
    wires[0]!.tell('Closed', 'replaced');
    await settle();
    expect([hub.status.value, hub.closedBy.value, wires.length, vi.getTimerCount()]).toEqual(['closed', 'replaced', 1, 0]);
    await expect(hub.command('Confused')).rejects.toBeInstanceOf(ApiFailure);
  });

  it('closes when a fresh token is refused, not when the server is away', async () => {
    const refusing = build([dead], async (isFresh) => {
      if (isFresh) throw new ApiFailure(404, 'wrong_pin', '');
      return 'ticket';
    });
    void refusing.hub.run();
    await settle();
    for (let pause = 0; pause < 3; pause++) await nextTry();
    expect(refusing.hub.closedBy.value).toBe('wrong_pin');

    const away = build([dead], async () => {
      throw new ApiFailure(0, 'offline', '');
    });
    void away.hub.run();
    await settle();
    for (let pause = 0; pause < 10; pause++) await nextTry();
    expect(away.hub.status.value).toBe('lost');
  });
});

it('reads the code out of a refusal and nothing out of a lost connection', () => {
  expect(refusalCode(refusal('room_full'))).toBe('room_full');
  expect(refusalCode(lost())).toBeNull();
});
