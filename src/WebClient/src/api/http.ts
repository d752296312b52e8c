import type { ApiError, FieldError } from '@/generated/contracts';

/** A refused or failed call, with the code that pages translate. Code "offline": the server could not be reached. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly traceId: string | null = null,
    readonly fields: FieldError[] = [],
  ) {
    super(message);
  }

  get isOffline(): boolean {
    return this.code === 'offline';
  }
}

type Query = Record<string, string | number | boolean | null | undefined>;

interface CallOptions {
  query?: Query;
  signal?: AbortSignal;
  /** A station's device token instead of the cookie. */
  bearer?: string;
  /** Body type other than JSON, for example text/csv. */
  contentType?: string;
}

let onUnauthorized: () => void = () => undefined;

/** Called when the server no longer knows this browser; the app then shows the sign-in page. */
export function whenUnauthorized(handler: () => void): void {
  onUnauthorized = handler;
}

export function withQuery(path: string, query?: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

async function failure(response: Response): Promise<ApiFailure> {
  const fallback = { 401: 'unauthorized', 403: 'forbidden', 404: 'not_found', 409: 'conflict', 429: 'too_many_attempts' }[response.status];
  const body = (await response.json().catch(() => null)) as Partial<ApiError> | null;
  const code = body?.code ?? fallback ?? (response.status >= 502 && response.status <= 504 ? 'offline' : 'unknown');
  return new ApiFailure(response.status, code, body?.message ?? '', body?.traceId ?? null, body?.fields ?? []);
}

async function send<T>(method: string, path: string, body: unknown, options: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.bearer) headers.authorization = `Bearer ${options.bearer}`;
  const isText = options.contentType !== undefined;
  if (body !== undefined) headers['content-type'] = options.contentType ?? 'application/json';

  let response: Response;
  try {
    response = await fetch(withQuery(path, options.query), {
      method,
      headers,
      body: body === undefined ? undefined : isText ? (body as BodyInit) : JSON.stringify(body),
      credentials: 'same-origin',
      signal: options.signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiFailure(0, 'offline', '');
  }

  if (!response.ok) {
    const refused = await failure(response);
    if (refused.status === 401 && !options.bearer && !path.startsWith('/api/sign-in') && path !== '/api/me') onUnauthorized();
    throw refused;
  }
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const http = {
  get: <T>(path: string, options?: CallOptions) => send<T>('GET', path, undefined, options),
  post: <T = void>(path: string, body?: unknown, options?: CallOptions) => send<T>('POST', path, body, options),
  put: <T = void>(path: string, body?: unknown, options?: CallOptions) => send<T>('PUT', path, body, options),
  delete: <T = void>(path: string, options?: CallOptions) => send<T>('DELETE', path, undefined, options),
};
