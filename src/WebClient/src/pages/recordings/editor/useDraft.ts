import { computed, onBeforeUnmount, ref, shallowRef } from 'vue';
import { ApiFailure, http } from '@/api/http';
import { Autosave, type SaveState } from '@/editor/autosave';
import { contentOf, saveOf, type Content } from '@/editor/content';
import { History } from '@/editor/history';
import { explain } from '@/i18n/errors';
import { explainField } from '@/i18n/fields';
import type { CourseDraft } from '@/generated/contracts';

/** A draft being edited: its content with undo, saved by itself, and the server's view of it. */
export function useDraft(first: CourseDraft) {
  const course = shallowRef(first);
  const history = new History<Content>(contentOf(first));
  const content = shallowRef(history.current);
  const steps = ref(0);
  const saveState = ref<SaveState>('saved');
  /** Why the last save was refused, in words. */
  const refusal = ref<string | null>(null);
  let version = first.editVersion;

  const autosave = new Autosave<Content>({
    save: async (value) => {
      try {
        const stored = await http.put<CourseDraft>(`/api/courses/${first.id}`, saveOf(value, version, course.value.title));
        version = stored.editVersion;
        course.value = stored;
        return true;
      } catch (reason) {
        if (reason instanceof ApiFailure && reason.code === 'edit_conflict') return false;
        refusal.value = reason instanceof ApiFailure && !reason.isOffline ? (reason.fields[0] ? explainField(reason.fields[0]) : explain(reason.code, reason.message)) : null;
        throw reason;
      }
    },
    isRefusal: (reason) => reason instanceof ApiFailure && reason.status >= 400 && reason.status < 500,
    onState: (state) => {
      saveState.value = state;
    },
  });

  function show(): void {
    content.value = history.current;
    steps.value++;
    autosave.change(history.current);
  }

  // Closing the tab in the second before a save asks first.
  const guard = (event: BeforeUnloadEvent) => {
    if (saveState.value !== 'saved') event.preventDefault();
  };
  window.addEventListener('beforeunload', guard);
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', guard);
    void autosave.flush().finally(() => autosave.stop());
  });

  const latest = () => http.get<CourseDraft>(`/api/courses/${first.id}/draft`);

  return {
    course, content, saveState, refusal,
    canUndo: computed(() => steps.value >= 0 && history.canUndo),
    canRedo: computed(() => steps.value >= 0 && history.canRedo),
    /** @param key changes in a row with the same key are one step of undo. */
    change(next: Partial<Content>, key: string | null = null): void {
      history.push({ ...history.current, ...next }, key);
      show();
    },
    seal: () => history.seal(),
    undo(): void {
      history.undo();
      show();
    },
    redo(): void {
      history.redo();
      show();
    },
    flush: () => autosave.flush(),
    /** After a conflict: my version over the other one. */
    async keepMine(): Promise<void> {
      version = (await latest()).editVersion;
      await autosave.resume(history.current);
    },
    /** After a conflict: the other version instead of mine. */
    async takeTheirs(): Promise<void> {
      const draft = await latest();
      version = draft.editVersion;
      course.value = draft;
      history.reset(contentOf(draft));
      content.value = history.current;
      steps.value++;
      autosave.discard();
    },
    /** Looks at the server's state again (rendered, returned) without touching what is being edited. */
    async refresh(): Promise<void> {
      course.value = await latest();
    },
  };
}

export type DraftEditing = ReturnType<typeof useDraft>;
