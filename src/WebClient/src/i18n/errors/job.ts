import type { JobInfo } from '@/generated/contracts';
import { explain } from '.';

/** What went wrong with a job, in the page's language where it has words for it. */
export function explainJob(job: JobInfo): string {
  return job.errorCode ? explain(job.errorCode, job.error ?? '') : (job.error ?? '');
}
