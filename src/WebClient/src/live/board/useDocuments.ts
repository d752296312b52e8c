import { onScopeDispose, ref, shallowRef } from 'vue';
import { ApiFailure, http } from '@/api/http';
import { asFailure, useLoad } from '@/api/load';
import { toastFailure } from '@/design/toast';
import type { DocumentRow } from '@/generated/contracts';
import { uploadDocument } from './upload';

/** As the server has it; asked here so that a large file is not sent in vain. */
const mostBytes = 64_000_000;
const lookAgainMs = 1000;

export interface Upload {
  name: string;
  share: number;
}

/** The documents of a lesson, and what is being uploaded; while pages are being drawn it looks again each second. */
export function useDocuments(lessonId: string) {
  const path = `/api/lessons/${lessonId}/documents`;
  const { data: rows, error, isLoading, reload } = useLoad((signal) => http.get<DocumentRow[]>(path, { signal }));
  const upload = ref<Upload | null>(null);
  const refused = shallowRef<{ name: string; failure: ApiFailure } | null>(null);
  let abort = new AbortController();
  const timer = setInterval(() => {
    if (rows.value?.some((row) => row.state === 'Waiting')) void reload();
  }, lookAgainMs);
  onScopeDispose(() => {
    clearInterval(timer);
    abort.abort();
  });

  async function add(files: Iterable<File>, kind: 'Slides' | 'File'): Promise<void> {
    refused.value = null;
    for (const file of files) {
      abort = new AbortController();
      upload.value = { name: file.name, share: 0 };
      try {
        if (file.size > mostBytes) throw new ApiFailure(413, 'file_too_large', '');
        await uploadDocument(lessonId, file, kind, (share) => (upload.value = { name: file.name, share }), abort.signal);
      } catch (reason) {
        if (!abort.signal.aborted) refused.value = { name: file.name, failure: asFailure(reason) };
      }
      upload.value = null;
      await reload();
      if (refused.value || abort.signal.aborted) return;
    }
  }

  async function change(step: () => Promise<unknown>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (reason) {
      toastFailure(reason);
      return false;
    } finally {
      await reload();
    }
  }

  return {
    rows, error, isLoading, reload, upload, refused, add,
    cancel: () => abort.abort(),
    addLink: (title: string, url: string) => change(() => http.post(`${path}/links`, { title, url })),
    move: (row: DocumentRow, position: number) => change(() => http.put(`${path}/${row.id}`, { title: row.title, position })),
    remove: (row: DocumentRow) => change(() => http.delete(`${path}/${row.id}`)),
  };
}
