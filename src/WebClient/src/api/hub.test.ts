import { describe, expect, it } from 'vitest';
import type { JoinReply } from '@/generated/contracts';
import { ApiFailure } from './http';
import { LessonHub, refusalCode, type HubWire } from './hub';

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
const settle = () => new Promise((resolve) => setImmediate(resolve));

function build(answers: Answer[], token: (fresh: boolean) => Promise<string> = async () => 'ticket') {
  const wires: FakeWire[] = [];
  const joins: JoinReply[] = [];
  const waits: (() => void)[] = [];
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
      onEvents: () => undefined,
      onSubscribeOffer: () => undefined,
      onTransportState: () => undefined,
      onLayersWanted: () => undefined,
    },
    wait: () => new Promise((resolve) => waits.push(resolve)),
  });
  const nextSecond = async () => {
    for (const resume of waits.splice(0)) resume();
    await settle();
  };
  return { hub, wires, joins, waits, nextSecond };
}

const fine: Answer = (method) => (method === 'Join' ? { participantId: 'me' } : method === 'start' ? undefined : { seq: 1 });
const dead: Answer = () => {
  throw new Error('WebSocket failed to connect.');
};

describe('the connection to a lesson', () => {
  it('tries again every second without limit', async () => {
    const { hub, wires, joins, nextSecond } = build([...Array(50).fill(dead), fine]);
    void hub.run();
    await settle();
    for (let second = 0; second < 50; second++) await nextSecond();
    expect([wires.length, joins.length, hub.status.value]).toEqual([51, 1, 'online']);
  });

  it('asks for a fresh token after three failed starts', async () => {
    const fresh: boolean[] = [];
    const { hub, nextSecond } = build([dead], async (isFresh) => (fresh.push(isFresh), 'ticket'));
    void hub.run();
    await settle();
    for (let second = 0; second < 6; second++) await nextSecond();
    expect(fresh).toEqual([false, false, false, true, false, false, true]);
  });

  it('joins again when the connection falls', async () => {
    const { hub, wires, joins, nextSecond } = build([fine]);
    void hub.run();
    await settle();
    wires[0]!.fall();
    await settle();
    expect(hub.status.value).toBe('lost');
    await nextSecond();
    expect([joins.length, hub.status.value]).toEqual([2, 'online']);
  });

  it('sends a command again with the same key until it is acknowledged', async () => {
    const breaks: Answer = (method, args) => {
      if (method === 'RaiseHand') throw lost();
      return fine(method, args);
    };
    const { hub, wires, nextSecond } = build([breaks, fine]);
    void hub.run();
    await settle();
    const raised = hub.command('RaiseHand', true, null);
    await settle();
    await nextSecond();
    expect(await raised).toEqual({ seq: 1 });
    const keys = wires.map((wire) => wire.sent.find((call) => call.method === 'RaiseHand')!.args[0]);
    expect(keys[0]).toBe(keys[1]);
  });

  it('holds commands back while the lesson cannot be reached', async () => {
    const { hub, nextSecond } = build([dead, fine]);
    void hub.run();
    await settle();
    const sent = hub.command('Confused');
    await nextSecond();
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
    const { hub, waits } = build([refuses]);
    void hub.run();
    await settle();
    expect([hub.status.value, hub.closedBy.value, waits.length]).toEqual(['closed', code, 0]);
  });

  it('waits for a lesson that is not open yet', async () => {
    const early: Answer = (method) => {
      if (method === 'Join') throw refusal('not_open');
    };
    const { hub, nextSecond } = build([early, fine]);
    void hub.run();
    await settle();
    await nextSecond();
    expect(hub.status.value).toBe('online');
  });

  it('does not come back after the server closed it', async () => {
    const { hub, wires, waits } = build([fine]);
    void hub.run();
    await settle();
    wires[0]!.tell('Closed', 'replaced');
    await settle();
    expect([hub.status.value, hub.closedBy.value, waits.length]).toEqual(['closed', 'replaced', 0]);
    await expect(hub.command('Confused')).rejects.toBeInstanceOf(ApiFailure);
  });

  it('closes when a fresh token is refused, not when the server is away', async () => {
    const refusing = build([dead], async (isFresh) => {
      if (isFresh) throw new ApiFailure(404, 'wrong_pin', '');
      return 'ticket';
    });
    void refusing.hub.run();
    await settle();
    for (let second = 0; second < 3; second++) await refusing.nextSecond();
    expect(refusing.hub.closedBy.value).toBe('wrong_pin');

    const away = build([dead], async () => {
      throw new ApiFailure(0, 'offline', '');
    });
    void away.hub.run();
    await settle();
    for (let second = 0; second < 10; second++) await away.nextSecond();
    expect(away.hub.status.value).toBe('lost');
  });
});

it('reads the code out of a refusal and nothing out of a lost connection', () => {
  expect(refusalCode(refusal('room_full'))).toBe('room_full');
  expect(refusalCode(lost())).toBeNull();
});
