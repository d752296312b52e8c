import { ApiFailure } from '@/api/http';

/** One request carries this much: a broken line costs seconds, not the film. */
export const pieceBytes = 8_000_000;

const waitMs = 3000;
const tus = { 'Tus-Resumable': '1.0.0' };
const keyOf = (file: File) => `classroom.upload.${file.name}.${file.size}.${file.lastModified}`;

export interface UploadOptions {
  title: string;
  onProgress: (done: number) => void;
  /** The line broke (true), or carries again (false). */
  onBroken: (isBroken: boolean) => void;
  signal: AbortSignal;
  /** Between two attempts; a test waits in its own way. */
  wait?: (ms: number) => Promise<void>;
}

/**
 * Uploads a film in pieces (tus 1.0). The server knows how much it has: after a broken line, a reload or a restart of the server the
 * same file goes on from there. Ends when all has come, is refused, or is stopped.
 */
export async function uploadFilm(file: File, options: UploadOptions): Promise<void> {
  const wait = options.wait ?? ((ms: number) => new Promise((done) => setTimeout(done, ms)));
  let path = remembered(file);
  let offset: number | null = null;
  while (offset !== file.size) {
    try {
      if (path === null) {
        path = await create(file, options);
        remember(file, path);
      }
      offset = offset === null ? await askOffset(path, options.signal) : await sendPiece(path, file, offset, options.signal);
      options.onBroken(false);
      options.onProgress(offset);
    } catch (reason) {
      options.signal.throwIfAborted();
      const failure = reason instanceof ApiFailure ? reason : new ApiFailure(0, 'offline', '');
      if (failure.status === 404 && path !== null) {
        path = null; // Removed meanwhile: from the beginning.
      } else if (failure.status >= 400 && failure.status < 500 && failure.status !== 409 && failure.status !== 423) {
        throw failure;
      }
      offset = null;
      options.onBroken(true);
      await wait(waitMs);
    }
  }
  remember(file, null);
}

async function create(file: File, options: UploadOptions): Promise<string> {
  const recordedAt = new Date(file.lastModified).toISOString();
  const metadata = Object.entries({ filename: file.name, title: options.title, recordedAt }).map(([name, value]) => `${name} ${base64(value)}`).join(',');
  const reply = await send('/api/uploads/', 'POST', { 'Upload-Length': String(file.size), 'Upload-Metadata': metadata }, undefined, options.signal);
  return reply.headers.get('Location')!;
}

async function askOffset(path: string, signal: AbortSignal): Promise<number> {
  return Number((await send(path, 'HEAD', {}, undefined, signal)).headers.get('Upload-Offset'));
}

async function sendPiece(path: string, file: File, offset: number, signal: AbortSignal): Promise<number> {
  const headers = { 'Upload-Offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  return Number((await send(path, 'PATCH', headers, file.slice(offset, offset + pieceBytes), signal)).headers.get('Upload-Offset'));
}

async function send(path: string, method: string, headers: Record<string, string>, body: Blob | undefined, signal: AbortSignal): Promise<Response> {
  const reply = await fetch(path, { method, headers: { ...tus, ...headers }, body, signal, credentials: 'same-origin' });
  if (!reply.ok) {
    const problem = (await reply.json().catch(() => null)) as { code?: string; message?: string } | null;
    throw new ApiFailure(reply.status, problem?.code ?? 'unknown', problem?.message ?? '');
  }
  return reply;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function remembered(file: File): string | null {
  try {
    return localStorage.getItem(keyOf(file));
  } catch {
    return null; // Storage may be forbidden; a reload then begins anew.
  }
}

function remember(file: File, path: string | null): void {
  try {
    if (path === null) localStorage.removeItem(keyOf(file));
    else localStorage.setItem(keyOf(file), path);
  } catch {
    // As above.
  }
}
