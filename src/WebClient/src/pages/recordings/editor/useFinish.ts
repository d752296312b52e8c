import { computed, ref, shallowRef, watch } from 'vue';
import { http } from '@/api/http';
import { toast, toastFailure } from '@/design/toast';
import { sameFilm, type Content } from '@/editor/content';
import type { CourseDraft, CoursePlay } from '@/generated/contracts';
import { recordings as t } from '@/i18n/recordings';
import type { DraftEditing } from './useDraft';
import { useJob } from './useJob';
import type { Preflight } from './usePreflight';

const withFilm: CourseDraft['state'][] = ['Ready', 'InReview', 'Returned', 'Published', 'Withdrawn'];

/** From the cut to the catalogue: rendering, looking at the film, submitting. */
export function useFinish(draft: DraftEditing, preflight: Preflight) {
  const { course, content } = draft;
  const play = shallowRef<CoursePlay | null>(null);
  /** What the film on the page was made of; null when this page did not see it made. */
  const rendered = shallowRef<Content | null>(null);
  const isBusy = ref(false);
  const path = `/api/courses/${course.value.id}`;

  const { job, isRunning, watch: watchJob, act } = useJob((ended) => {
    if (ended.state === 'Done') toast(t('renderDone'));
    void look();
  });

  async function look(): Promise<void> {
    await draft.refresh().catch(() => undefined);
    await loadFilm();
  }

  async function loadFilm(): Promise<void> {
    if (!withFilm.includes(course.value.state)) return;
    play.value = await http.get<CoursePlay>(`${path}/play`).catch(() => null);
    if (play.value) rendered.value ??= content.value;
  }

  async function attempt(act: () => Promise<void>): Promise<void> {
    isBusy.value = true;
    try {
      await act();
    } catch (reason) {
      toastFailure(reason);
    } finally {
      isBusy.value = false;
    }
  }

  watch(() => course.value.jobId, (id) => {
    // A film that was being made when the page opened may be finished before the first look.
    if (id && id !== job.value?.id) void watchJob(id, course.value.state === 'Rendering');
  }, { immediate: true });
  void loadFilm();

  return {
    play, job, isRunning, isBusy,
    /** The film on the page is not the one that the cut would give now. */
    isOutdated: computed(() => !withFilm.includes(course.value.state) || (rendered.value !== null && !sameFilm(rendered.value, content.value))),
    render: () => attempt(async () => {
      if (!(await draft.flush())) return;
      const made = content.value;
      const { jobId } = await http.post<{ jobId: string }>(`${path}/render`);
      play.value = null;
      rendered.value = made;
      job.value = null;
      await watchJob(jobId, true);
      await draft.refresh();
    }),
    cancel: () => attempt(() => act('cancel')),
    retry: () => attempt(() => act('retry')),
    submit: () => attempt(async () => {
      if (!(await draft.flush())) return;
      await preflight.refresh();
      if (preflight.missing.value.length > 0) return;
      await http.post(`${path}/submit`);
      await draft.refresh();
      toast(t('submitted'));
    }),
    withdraw: () => attempt(async () => {
      await http.post(`${path}/withdraw`);
      await look();
    }),
  };
}
