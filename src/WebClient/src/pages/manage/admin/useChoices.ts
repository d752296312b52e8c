import { computed } from 'vue';
import { http } from '@/api/http';
import { useLoad } from '@/api/load';
import type { AccountRole, RegionRow, SchoolRow } from '@/generated/contracts';
import { common } from '@/i18n/common';
import type { ChoiceSource } from './sections';

const roles: AccountRole[] = ['Teacher', 'Student', 'Editor', 'Reviewer', 'Technician', 'Supervisor', 'Administrator'];

/** What the forms choose from. */
export function useChoices() {
  const { data, reload } = useLoad(async (signal) => {
    const [regions, schools] = await Promise.all([http.get<RegionRow[]>('/api/regions', { signal }), http.get<SchoolRow[]>('/api/schools', { signal })]);
    return { regions, schools };
  });
  const choices = computed<Record<ChoiceSource, { value: string; text: string }[]>>(() => ({
    regions: (data.value?.regions ?? []).map((region) => ({ value: region.id, text: region.name })),
    schools: (data.value?.schools ?? []).map((school) => ({ value: school.id, text: school.name })),
    roles: roles.map((role) => ({ value: role, text: common(`role_${role}`) })),
  }));
  const nameOf = (source: ChoiceSource, value: unknown) => choices.value[source].find((choice) => choice.value === value)?.text ?? '';
  return { choices, nameOf, reload };
}

export type Choices = ReturnType<typeof useChoices>;
