import { computed, ref, watch } from 'vue';
import { http, type ApiFailure } from '@/api/http';
import { asFailure, useLoad } from '@/api/load';
import { me } from '@/app/session';
import { toastFailure } from '@/design/toast';
import type { AccountRow, ClassroomRow, ClassRow, LessonCard, LessonDetail, LessonPlan, PairRow, RoomKindDefault } from '@/generated/contracts';
import { formatter } from '@/app/zone';
import { manage as t } from '@/i18n/manage';
import { clashesOf, classroomsOf, roundUp } from '@/lessons/plan';

const minute = 60_000;

/** The plan of a lesson while it is being written. */
export function useLessonForm(first: LessonDetail | undefined, onSaved: (stored: LessonDetail, startsNow: boolean) => void) {
  const plan = ref<LessonPlan>(first ? structuredClone(first.plan) : blank());
  const start = ref(new Date(plan.value.plannedStart));
  const minutes = ref(Math.round((Date.parse(plan.value.plannedEnd) - Date.parse(plan.value.plannedStart)) / minute));
  const busy = ref<'save' | 'now' | null>(null);
  const failure = ref<ApiFailure | null>(null);
  const wasPressed = ref(false);

  const choices = useLoad(async (signal) => {
    const [pairs, classrooms, classes, teachers, kinds] = await Promise.all([
      http.get<PairRow[]>('/api/pairs', { signal }), http.get<ClassroomRow[]>('/api/classrooms', { signal }),
      http.get<ClassRow[]>('/api/classes', { signal }), http.get<AccountRow[]>('/api/teachers', { signal }),
      http.get<RoomKindDefault[]>('/api/room-kinds', { signal }),
    ]);
    return { pairs, classrooms, classes, teachers, kinds };
  });

  const written = computed<LessonPlan>(() => ({
    ...plan.value, plannedStart: start.value.toISOString(), plannedEnd: new Date(start.value.getTime() + minutes.value * minute).toISOString(),
  }));
  const teacherName = computed(() => choices.data.value?.teachers.find((teacher) => teacher.id === plan.value.teacherAccountId)?.displayName ?? null);

  // The lessons of the day, to warn of clashes while typing.
  const dayKey = computed(() => formatter({ dateStyle: 'short' }).format(start.value));
  const day = useLoad((signal) => {
    const from = new Date(start.value.getTime() - 12 * 60 * minute);
    const to = new Date(start.value.getTime() + 24 * 60 * minute);
    return http.get<LessonCard[]>('/api/lessons', { signal, query: { from: from.toISOString(), to: to.toISOString() } });
  });
  watch(dayKey, () => void day.reload());
  const clashes = computed(() => clashesOf(written.value, teacherName.value, day.data.value ?? [], first?.card.id ?? null));

  // The first choice is made for the teacher: the own school's pair and its classrooms.
  watch(choices.data, (loaded) => {
    if (!loaded || first || plan.value.classrooms.length > 0) return;
    const own = loaded.pairs.find((pair) => pair.schoolIds.includes(me.value?.schoolId ?? '')) ?? loaded.pairs[0];
    if (own) choosePair(own.id);
    if (!plan.value.teacherAccountId && loaded.teachers.length === 1) plan.value.teacherAccountId = loaded.teachers[0]!.id;
  });

  /** A kind of room brings its rights and its layout along. */
  function takeKind(): void {
    const kind = choices.data.value?.kinds.find((row) => row.kind === plan.value.kind);
    if (!kind) return;
    plan.value.settings = { ...kind.settings };
    plan.value.admitsUnknownNames = kind.admitsUnknownNames;
  }
  watch(() => plan.value.kind, takeKind);
  watch(choices.data, () => plan.value.settings ?? takeKind());

  function choosePair(id: string): void {
    plan.value.pairId = id || null;
    const pair = choices.data.value?.pairs.find((candidate) => candidate.id === id);
    if (pair) plan.value.classrooms = classroomsOf(pair, choices.data.value!.classrooms, me.value?.schoolId ?? null, choices.data.value!.classes);
  }

  const problems = computed(() => ({
    title: plan.value.title.trim() === '' ? t('needTitle') : null,
    classrooms: plan.value.classrooms.length === 0 ? t('needClassroom') : null,
    teacher: plan.value.teacherAccountId === null ? t('needTeacher') : null,
    start: !first && written.value.plannedEnd < new Date().toISOString() ? t('needFuture') : null,
  }));

  async function save(): Promise<void> {
    wasPressed.value = true;
    if (Object.values(problems.value).some(Boolean)) return;
    await send('save');
  }

  /** Two minutes are enough to walk to the classroom. */
  async function startNow(): Promise<void> {
    start.value = roundUp(new Date(Date.now() + 2 * minute), 1);
    if (plan.value.title.trim() === '') {
      const when = formatter({ month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(start.value);
      plan.value.title = t('instantTitle', { when });
    }
    wasPressed.value = true;
    if (problems.value.classrooms ?? problems.value.teacher) return;
    await send('now');
  }

  async function send(what: 'save' | 'now'): Promise<void> {
    busy.value = what;
    failure.value = null;
    try {
      const body = { ...written.value, title: written.value.title.trim() };
      const stored = first ? await http.put<LessonDetail>(`/api/lessons/${first.card.id}`, body) : await http.post<LessonDetail>('/api/lessons', body);
      onSaved(stored, what === 'now');
    } catch (reason) {
      failure.value = asFailure(reason);
      toastFailure(reason);
    } finally {
      busy.value = null;
    }
  }

  return { plan, start, minutes, busy, failure, choices, clashes, problems: computed(() => (wasPressed.value ? problems.value : null)), choosePair, save, startNow };
}

function blank(): LessonPlan {
  const start = roundUp(new Date(Date.now() + 10 * minute), 5);
  return {
    title: '', subject: '', grade: '', kind: 'Synchronous', codec: 'H264', plannedStart: start.toISOString(), plannedEnd: new Date(start.getTime() + 40 * minute).toISOString(),
    teacherAccountId: me.value?.role === 'Teacher' ? me.value.accountId : null, pairId: null, chapterNodeId: null, classrooms: [], admitsUnknownNames: true, settings: null,
  };
}
