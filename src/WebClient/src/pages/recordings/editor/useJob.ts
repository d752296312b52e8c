import { computed, onBeforeUnmount, shallowRef } from 'vue';
import { http } from '@/api/http';
import type { JobInfo } from '@/generated/contracts';

/** Watches a job of the pipeline, once a second while it has something to tell. */
export function useJob(onEnd: (job: JobInfo) => void) {
  const job = shallowRef<JobInfo | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;

  /** @param started the page has just started it: then its end is told even when it was faster than the first look. */
  async function look(id: string, started = false): Promise<void> {
    clearTimeout(timer);
    const seen = await http.get<JobInfo>(`/api/jobs/${id}`).catch(() => null);
    if (isGone) return;
    const wasRunning = started || (job.value !== null && isActive(job.value));
    job.value = seen ?? job.value;
    if (seen === null || isActive(seen)) timer = setTimeout(() => void look(id, wasRunning), 1000);
    else if (wasRunning) onEnd(seen);
  }

  onBeforeUnmount(() => {
    isGone = true;
    clearTimeout(timer);
  });

  return {
    job,
    isRunning: computed(() => job.value !== null && isActive(job.value)),
    watch: look,
    async act(what: 'cancel' | 'retry'): Promise<void> {
      if (!job.value) return;
      await http.post(`/api/jobs/${job.value.id}/${what}`);
      if (what === 'retry') job.value = { ...job.value, state: 'Queued', progress: 0, error: null };
      await look(job.value.id, true);
    },
  };
}

function isActive(job: JobInfo): boolean {
  return job.state === 'Queued' || job.state === 'Running';
}
