import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import { http } from '@/api/http';
import { toast, toastFailure } from '@/design/toast';
import type { ExportInfo, PreflightReport, PresetInfo, RenderStarted } from '@/generated/contracts';
import { recordings as t } from '@/i18n/recordings';
import type { DraftEditing } from './useDraft';
import { useJob } from './useJob';

/** The saved draft held against the rules of a preset, and files made that keep to them. */
export function usePreflight(draft: DraftEditing) {
  const { course } = draft;
  const path = `/api/courses/${course.value.id}`;
  const presets = shallowRef<PresetInfo[]>([]);
  const presetId = ref('micro');
  const report = shallowRef<PreflightReport | null>(null);
  const exports = shallowRef<ExportInfo[]>([]);
  const abort = new AbortController();
  const signal = abort.signal;
  let asked = 0;

  const { job, isRunning, watch: watchJob } = useJob((ended) => {
    if (ended.state === 'Done') toast(t('exportDone'));
    void loadExports();
  });

  /** Answers come in any order; only that of the last question is shown. */
  async function refresh(): Promise<void> {
    const number = ++asked;
    const seen = await http.get<PreflightReport>(`${path}/preflight`, { query: { preset: presetId.value }, signal }).catch(() => null);
    if (number === asked && seen) report.value = seen;
  }

  async function loadExports(): Promise<void> {
    exports.value = await http.get<ExportInfo[]>(`${path}/exports`, { signal }).catch(() => exports.value);
  }

  void http.get<PresetInfo[]>('/api/presets', { signal }).then((all) => {
    presets.value = all;
  }, () => undefined);
  void loadExports();
  watch([() => course.value.editVersion, () => course.value.state, presetId], () => void refresh(), { immediate: true });
  watch(() => course.value.state, () => void loadExports());
  onBeforeUnmount(() => abort.abort());

  return {
    presets, presetId, report, exports, job, isRunning, refresh,
    checks: computed(() => report.value?.checks ?? []),
    /** What keeps it from being submitted. */
    missing: computed(() => report.value?.checks.filter((check) => !check.isKept && !check.isAdvice) ?? []),
    async makeExport(): Promise<void> {
      try {
        const { jobId } = await http.post<RenderStarted>(`${path}/export?preset=${encodeURIComponent(presetId.value)}`);
        await watchJob(jobId, true);
      } catch (reason) {
        toastFailure(reason);
      }
    },
  };
}

export type Preflight = ReturnType<typeof usePreflight>;
