import { computed, onScopeDispose, reactive, ref, shallowRef, watch, type ComputedRef } from 'vue';
import type { PassingPiece } from '@/api/hub';
import { newKey } from '@/api/ids';
import { toast, toastFailure } from '@/design/toast';
import { board as t } from '@/i18n/board';
import { explain } from '@/i18n/errors';
import type { StrokeInput } from '@/generated/contracts';
import type { LessonSession } from '../lesson';
import { mayLead } from '../talk/voices';
import { History, type Act } from './history';
import { InkStroke, layerOf } from './ink';
import { PageLinks } from './pageLinks';
import { PassingSender, PassingView } from './passing';
import { encodePoints, simplify, type InkPoint } from './points';
import { InkQueue, type InkOrder } from './queue';
import { boardAspect, parseSurface, surfaceName } from './surface';
import { useTools } from './tools';

/** Slides, whiteboard and ink of a page (of a subgroup its own whiteboard): what it shows, what it may do, and its ink on the way to the server. */
export function useBoard(session: LessonSession, group?: () => string | undefined) {
  const { lesson, hub, own } = session;
  const role = computed(() => session.reply.value?.role);
  const isTeacher = computed(() => role.value === 'Teacher');
  const leads = computed(() => mayLead(lesson, own.value.participantId));
  const tools = useTools();
  const links = new PageLinks((documentId) => hub.call('LinkDocument', documentId));
  const passing = new PassingSender((ink) => hub.tell(ink));
  const others = new PassingView();

  // A page that leafs by itself, and a teacher's turn that the server has not answered yet.
  const browsed = ref<string | null>(null);
  const turning = ref<string | null>(null);
  const ofGroup = computed(() => group?.());
  const surface = computed(() => (ofGroup.value !== undefined ? surfaceName({ documentId: null, page: 1, group: ofGroup.value }) : null) ?? turning.value ?? (mayBrowse.value ? browsed.value : null) ?? lesson.board.shown);
  const place = computed(() => parseSurface(surface.value));
  // A locked tablet follows the teacher.
  const mayBrowse = computed(() => lesson.board.isFree && !leads.value && !lesson.questions.isLocked);
  const isAway = computed(() => mayBrowse.value && browsed.value !== null && browsed.value !== lesson.board.shown);
  const slides = computed(() => (place.value?.documentId ? (lesson.board.slides.get(place.value.documentId) ?? null) : null));
  const page = computed(() => (place.value && slides.value ? slides.value.pages[place.value.page - 1] : undefined));
  const aspect = computed(() => (page.value ? page.value.width / page.value.height : boardAspect));
  const pageCount = computed(() => (ofGroup.value !== undefined ? 1 : (slides.value?.pages.length ?? lesson.board.boardPages)));
  watch(
    [() => lesson.board.shown, () => lesson.questions.push?.seq],
    () => (browsed.value = null),
  );

  const hasPen = computed(() => lesson.board.pens.has(own.value.participantId));
  const drawsForAll = computed(() => ofGroup.value !== undefined || leads.value || role.value === 'Station' || hasPen.value);
  const mayDraw = computed(() => drawsForAll.value || (role.value === 'Student' && lesson.picture.settings.studentsMayDraw));
  const layers = layersOf(session, surface);

  async function show(next: string | null): Promise<void> {
    turning.value = next;
    try {
      await hub.command('ShowSurface', next);
    } catch (error) {
      toastFailure(error);
    } finally {
      if (turning.value === next) turning.value = null;
    }
  }

  /** Who leads turns for everyone, others for themselves. */
  function turnTo(number: number): void {
    if (!place.value || number < 1 || number > pageCount.value) return;
    const next = surfaceName({ ...place.value, page: number });
    if (leads.value) void show(next);
    else if (mayBrowse.value) browsed.value = next;
  }

  const ink = useInk(session, { surface, drawsForAll, tools, passing });
  session.passing.add(take);
  onScopeDispose(() => session.passing.delete(take));

  function take(who: string, piece: PassingPiece): void {
    others.take(who, piece, performance.now());
    moved.value++;
  }

  /** Grows with everything that passes. */
  const moved = ref(0);
  const lessonSlides = (documentId: string) => lesson.board.slides.get(documentId);
  return { session, lessonSlides, role, isTeacher, leads, surface, place, slides, page, aspect, pageCount, isAway, mayBrowse, mayDraw, hasPen, drawsForAll, layers, tools, links, passing, others, moved, show, turnTo, follow: () => (browsed.value = null), ...ink };
}

export type Board = ReturnType<typeof useBoard>;

/** What of all ink this page shows: what is for all, its own, and what the teacher shares. */
function layersOf(session: LessonSession, surface: ComputedRef<string | null>): ComputedRef<string[]> {
  return computed(() => {
    if (!surface.value) return [];
    const { shared } = session.lesson.board;
    const owners = new Set<string>();
    if (session.reply.value?.role === 'Student') owners.add(session.own.value.participantId);
    if (shared?.surface === surface.value) owners.add(shared.participantId);
    return [layerOf(surface.value), ...[...owners].map((owner) => layerOf(surface.value!, owner))];
  });
}

interface InkOptions {
  surface: ComputedRef<string | null>;
  drawsForAll: ComputedRef<boolean>;
  tools: ReturnType<typeof useTools>;
  passing: PassingSender;
}

/** Drawing: shown at once, sent in order, taken back by whoever drew it. */
function useInk(session: LessonSession, { surface, drawsForAll, tools, passing }: InkOptions) {
  const { lesson, hub, own } = session;
  const unsent = ref(0);
  const history = reactive(new History()) as History;
  const queue = shallowRef<InkQueue | null>(null);
  const stop = watch(
    () => session.reply.value,
    (reply) => {
      if (!reply || queue.value) return;
      queue.value = new InkQueue({ lessonId: reply.lesson.id, name: `${reply.role}/${reply.name}`, storage: localStorage, send, onRefused, onCount: (waiting) => (unsent.value = waiting) });
      queue.value.orders.forEach(showAgain);
      unsent.value = queue.value.strokeCount;
      queue.value.start();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    stop();
    queue.value?.stop();
  });

  function send(key: string, order: InkOrder): Promise<unknown> {
    if (order.kind === 'draw') return hub.commandAs(key, 'Draw', order.strokes);
    if (order.kind === 'erase') return hub.commandAs(key, 'Erase', order.ids);
    if (order.kind === 'restore') return hub.commandAs(key, 'Restore', order.ids);
    return hub.commandAs(key, 'ClearSurface', order.surface);
  }

  function onRefused(order: InkOrder, code: string): void {
    toast(order.kind === 'draw' ? t('inkRefused', { reason: explain(code) }) : explain(code), 'error');
    if (order.kind === 'draw') {
      const ids = order.strokes.map((stroke) => stroke.id);
      lesson.board.ink.remove(ids);
      history.forget(ids);
    }
  }

  /** What the page before a reload had drawn. */
  function showAgain(order: InkOrder): void {
    if (order.kind === 'draw') order.strokes.forEach((stroke) => lesson.board.ink.add(new InkStroke(own.value.participantId, stroke)));
    else if (order.kind === 'erase') lesson.board.ink.remove(order.ids);
  }

  /** @returns the id under which a stroke is begun. */
  const begin = () => newKey();

  function finish(id: string, tool: string, points: readonly InkPoint[]): void {
    if (!surface.value || points.length === 0) return;
    const kept = tool === 'pen' || tool === 'highlighter' ? simplify(points) : points;
    const stroke: StrokeInput = { id, surface: surface.value, tool, ...tools.stroke.value, points: encodePoints(kept), isPrivate: !drawsForAll.value };
    lesson.board.ink.add(new InkStroke(own.value.participantId, stroke));
    queue.value?.push({ kind: 'draw', strokes: [stroke] });
    history.did({ kind: 'drawn', ids: [id] });
  }

  /** The teacher rubs out everything, others what is theirs. */
  function mayErase(stroke: InkStroke): boolean {
    return stroke.who === own.value.participantId || (session.reply.value?.role === 'Teacher' && !stroke.data.isPrivate);
  }

  function erased(ids: string[]): void {
    if (ids.length === 0) return;
    queue.value?.push({ kind: 'erase', ids });
    history.did({ kind: 'erased', ids });
  }

  function apply(act: Act | null): void {
    if (!act) return;
    const isBack = act.kind === 'drawn';
    if (isBack) lesson.board.ink.restore(act.ids);
    else lesson.board.ink.remove(act.ids);
    for (let at = 0; at < act.ids.length; at += 400) {
      queue.value?.push({ kind: isBack ? 'restore' : 'erase', ids: act.ids.slice(at, at + 400) });
    }
  }

  function clear(): void {
    if (!surface.value) return;
    const ids = lesson.board.ink.clear(layerOf(surface.value));
    queue.value?.push({ kind: 'clear', surface: surface.value });
    history.did({ kind: 'erased', ids });
    toast(t('cleared'), 'info', { text: t('undo'), run: () => apply(history.undo()) });
  }

  return { unsent, history, begin, finish, mayErase, erased, clear, undo: () => apply(history.undo()), redo: () => apply(history.redo()), passingStroke: passing };
}
