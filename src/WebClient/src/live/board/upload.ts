import { ApiFailure } from '@/api/http';
import type { ApiError, DocumentRow } from '@/generated/contracts';

/** Sends a file with progress, which fetch does not tell. */
export function uploadDocument(lessonId: string, file: File, kind: 'Slides' | 'File', onProgress: (share: number) => void, signal: AbortSignal): Promise<DocumentRow> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/lessons/${lessonId}/documents?kind=${kind}&name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      const { status, response } = request;
      if (status === 201) return resolve(response as DocumentRow);
      const refused = response as ApiError | null;
      reject(new ApiFailure(status, refused?.code ?? (status === 413 ? 'file_too_large' : 'unknown'), refused?.message ?? '', refused?.traceId ?? null));
    };
    request.onerror = () => reject(new ApiFailure(0, 'offline', ''));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
