import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pieceBytes, uploadFilm } from './upload';

/** A server that keeps what comes, and breaks the line when a test says so. */
class Server {
  received = -1;
  requests: string[] = [];
  breaks = new Set<number>();

  readonly fetch = (_path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    this.requests.push(`${init.method!} ${headers.get('Upload-Offset') ?? ''}`.trim());
    if (this.breaks.has(this.requests.length)) return Promise.reject(new TypeError('broken'));
    if (init.method === 'POST') {
      this.received = 0;
      return this.reply(201, { Location: '/api/uploads/1' });
    }
    if (this.received < 0) return this.reply(404);
    if (init.method === 'PATCH') {
      if (Number(headers.get('Upload-Offset')) !== this.received) return this.reply(409);
      this.received += (init.body as Blob).size;
    }
    return this.reply(204, { 'Upload-Offset': String(this.received) });
  };

  private reply(status: number, headers: Record<string, string> = {}): Promise<Response> {
    return Promise.resolve(new Response(null, { status, headers }));
  }
}

const file = new File([new Uint8Array(pieceBytes * 2 + 10)], '课.mp4', { lastModified: 1 });
let server: Server;
let kept: Map<string, string>;

beforeEach(() => {
  server = new Server();
  kept = new Map();
  vi.stubGlobal('fetch', server.fetch);
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key) });
});
afterEach(() => vi.unstubAllGlobals());

const upload = (signal = new AbortController().signal) => uploadFilm(file, { title: '课', onProgress: () => undefined, onBroken: () => undefined, signal, wait: () => Promise.resolve() });

it('sends a film piece by piece', async () => {
  await upload();
  expect(server.requests).toEqual(['POST', 'HEAD', 'PATCH 0', `PATCH ${pieceBytes}`, `PATCH ${pieceBytes * 2}`]);
  expect(server.received).toBe(file.size);
  expect(kept.size).toBe(0);
});

it('goes on where the server is after a broken line', async () => {
  server.breaks = new Set([4, 5]);
  await upload();
  expect(server.requests.slice(3)).toEqual([`PATCH ${pieceBytes}`, 'HEAD', 'HEAD', `PATCH ${pieceBytes}`, `PATCH ${pieceBytes * 2}`]);
  expect(server.received).toBe(file.size);
});

it('goes on with the same file after a reload', async () => {
  server.received = pieceBytes;
  kept.set(`classroom.upload.${file.name}.${file.size}.1`, '/api/uploads/1');
  await upload();
  expect(server.requests).toEqual(['HEAD', `PATCH ${pieceBytes}`, `PATCH ${pieceBytes * 2}`]);
});

it('begins anew when the upload was removed meanwhile', async () => {
  kept.set(`classroom.upload.${file.name}.${file.size}.1`, '/api/uploads/1');
  await upload();
  expect(server.requests.slice(0, 3)).toEqual(['HEAD', 'POST', 'HEAD']);
});

it('ends when it is refused', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"code":"upload_too_large"}', { status: 413 })));
  await expect(upload()).rejects.toMatchObject({ code: 'upload_too_large' });
});
