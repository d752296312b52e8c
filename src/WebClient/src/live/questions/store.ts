import type { AnswerStore, PendingAnswer } from './queue';

const database = 'classroom';
const table = 'answers';

interface Kept extends PendingAnswer {
  lessonId: string;
}

/** Unsent answers of a lesson in IndexedDB, which also takes photos. */
export function answerStore(lessonId: string): AnswerStore {
  const opened = open();
  // Who never asks for it must not see its failure either.
  opened.catch(() => undefined);

  return {
    async load() {
      const all = (await inStore('readonly', (store) => store.getAll())) as Kept[];
      return all.filter((kept) => kept.lessonId === lessonId).map(({ questionId, key, value, photo }) => ({ questionId, key, value, photo }));
    },
    async save({ questionId, key, value, photo }) {
      // A plain copy: what pages watch cannot be cloned.
      await inStore('readwrite', (store) => store.put({ lessonId, questionId, key, value: value && { ...value, choices: value.choices && [...value.choices] }, photo }));
    },
    async remove(questionId) {
      await inStore('readwrite', (store) => store.delete([lessonId, questionId]));
    },
  };

  async function inStore(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
    const transaction = (await opened).transaction(table, mode);
    const request = act(transaction.objectStore(table));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('The answer was not kept.'));
    });
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: ['lessonId', 'questionId'] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('No storage.'));
  });
}
