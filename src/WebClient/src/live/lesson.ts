import { computed, onScopeDispose, reactive, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { LessonHub, type PassingPiece } from '@/api/hub';
import { connectHub } from '@/api/signalr';
import type { JoinReply, LinkReport } from '@/generated/contracts';
import { digest } from './digest';
import { measureLink, type LinkMeter } from './link';
import { PublishConnection } from './publish';
import { audibleIds } from './select';
import { linesById } from './shown';
import { apply, emptyLesson, takeInfo, type LiveLesson } from './state';
import { SubscribeConnection } from './subscribe';

export interface LessonOptions {
  /** The join token; fresh is true when the one before may have run out. */
  token: (fresh: boolean) => Promise<string>;
  /** Where this page's place in the lesson is kept over a reload. */
  resumeKey?: string;
  /** A station keeps its place over a restart of its computer; everyone else for this tab only. */
  resumeStorage?: Storage;
  name?: string;
  /** Which pictures and sounds to receive; asked again whenever the lesson changes. */
  wanted: (lesson: LiveLesson, own: Own) => string[];
}

export interface Own {
  participantId: string;
  classroomId: string | null;
}

export interface LessonSession {
  lesson: LiveLesson;
  hub: LessonHub;
  reply: ShallowRef<JoinReply | null>;
  own: ComputedRef<Own>;
  publish: ShallowRef<PublishConnection | null>;
  subscribe: ShallowRef<SubscribeConnection | null>;
  /** Milliseconds on the lesson clock; null before the bell. Ticks once a second. */
  clock: ComputedRef<number | null>;
  /** The server's time now, UTC milliseconds. */
  serverNow: Ref<number>;
  isWaiting: ComputedRef<boolean>;
  link: ShallowRef<LinkReport | null>;
  /** Publications that come in less than asked for, and why. */
  limits: ShallowRef<Record<string, string>>;
  audible: ComputedRef<string[]>;
  /** Who wants to know what others are drawing and pointing at. */
  passing: Set<(who: string, piece: PassingPiece) => void>;
  leave: () => void;
}

const linkEveryMs = 5000;
/** After a cable was plugged in, browsers know their addresses anew only after some seconds; those that they took before, they give up. */
const settledMs = 5000;
/** The tablets of a school do it one after the other. */
const settledSpreadMs = 3000;

/** A page's part in a live lesson, from the first join to leaving the page. */
export function useLesson(options: LessonOptions): LessonSession {
  const lesson = reactive(emptyLesson()) as LiveLesson;
  const reply = shallowRef<JoinReply | null>(null);
  const publish = shallowRef<PublishConnection | null>(null);
  const subscribe = shallowRef<SubscribeConnection | null>(null);
  const link = shallowRef<LinkReport | null>(null);
  const limits = shallowRef<Record<string, string>>({});
  const passing = new Set<(who: string, piece: PassingPiece) => void>();
  const serverNow = ref(Date.now());
  let offset = 0;
  const storage = options.resumeStorage ?? sessionStorage;

  const own = computed<Own>(() => ({ participantId: reply.value?.participantId ?? '', classroomId: reply.value?.classroomId ?? null }));

  const hub: LessonHub = new LessonHub({
    connect: connectHub,
    token: options.token,
    handlers: {
      request: () => ({ resumeToken: resumeToken(), lastSeq: lesson.lastSeq, name: options.name ?? null }),
      onJoined,
      onEvents: (events) => events.forEach((event) => apply(lesson, event)),
      onSubscribeOffer: (revision, sdp, tracks) => subscribe.value?.onOffer(revision, sdp, tracks),
      onTransportState: (kind, state) => {
        if (kind === 'Publish' && state === 'Closed') publish.value?.lost();
      },
      onLayersWanted: (mid, rids) => void publish.value?.rest(mid, rids),
      onLimits: (reasons) => {
        limits.value = reasons;
      },
      onPassing: (who, piece) => passing.forEach((take) => take(who, piece)),
    },
  });

  function resumeToken(): string | null {
    return reply.value?.resumeToken ?? (options.resumeKey ? storage.getItem(options.resumeKey) : null);
  }

  function onJoined(next: JoinReply): void {
    const isFirst = reply.value === null;
    const isOther = !isFirst && reply.value!.participantId !== next.participantId;
    // A server with a shorter past than this page's tells it from the start again.
    const isRetold = (next.events[0]?.seq ?? Infinity) <= lesson.lastSeq;
    if (isOther || isRetold) Object.assign(lesson, emptyLesson());
    reply.value = next;
    if (options.resumeKey) storage.setItem(options.resumeKey, next.resumeToken);
    offset = next.serverNow - Date.now();
    takeInfo(lesson, next.lesson);
    next.events.forEach((event) => apply(lesson, event));
    connectMedia(next);
  }

  const isOnline = () => hub.status.value === 'online';
  /** Media were first to find the line again. */
  const revived = () => hub.wake();

  function connectMedia(next: JoinReply): void {
    publish.value ??= new PublishConnection(
      { isOnline, publish: (request) => hub.call('Publish', request), unpublish: (group) => hub.call('Unpublish', group), isReachable: report, revived },
      next.lesson.codec,
      next.iceServers,
    );
    subscribe.value ??= new SubscribeConnection(
      { isOnline, subscribe: (ids) => hub.call('Subscribe', ids), answer: (revision, sdp) => hub.call('SubscribeAnswer', revision, sdp), restart: () => hub.call('RestartSubscribe'), revived },
      next.iceServers,
    );
    const isKnown = [...lesson.publications.values()].some((publication) => publication.participantId === next.participantId);
    void tellShown(shown.value);
    publish.value.resume(next.iceServers, isKnown);
    subscribe.value.resume(next.iceServers);
  }

  const isWaiting = computed(() => reply.value?.waiting === true && lesson.admitted.get(own.value.participantId) !== true);
  const wanted = computed(() => (reply.value && !isWaiting.value ? options.wanted(lesson, own.value) : []));
  watch(wanted, (ids) => subscribe.value?.want(ids), { immediate: true });
  watch(subscribe, () => subscribe.value?.want(wanted.value));

  // What is not on the screen yet comes in its smallest layer first: a page full of tiles must not begin with full pictures.
  const shown = computed(() => linesById(wanted.value.filter((id) => lesson.publications.get(id)?.kind === 'Video'), subscribe.value?.tracks));
  watch(shown, (lines, before) => {
    if (JSON.stringify(lines) !== JSON.stringify(before)) void tellShown(lines);
  });

  async function tellShown(lines: Record<string, number>): Promise<void> {
    if (isOnline() && Object.keys(lines).length > 0) await hub.call('ShowPictures', lines).catch(() => undefined);
  }

  const clock = computed(() => (lesson.startedAt === null ? null : serverNow.value - lesson.startedAt));
  const ticking = setInterval(() => (serverNow.value = Date.now() + offset), 1000);
  const meter: LinkMeter = { previous: null };
  const measuring = setInterval(() => void report(), linkEveryMs);

  /** Also the heartbeat: a report that is not answered in time makes the hub connect anew. */
  async function report(): Promise<boolean> {
    if (!isOnline()) return false;
    const measured = await measureLink([publish.value?.connection() ?? null, subscribe.value?.connection() ?? null], meter);
    link.value = measured;
    return hub.call('ReportLink', measured).then(
      () => true,
      () => false,
    );
  }

  let settling: ReturnType<typeof setTimeout> | undefined;
  function onOnline(): void {
    hub.wake();
    clearTimeout(settling);
    settling = setTimeout(
      () => {
        publish.value?.refresh();
        subscribe.value?.refresh();
      },
      settledMs + Math.random() * settledSpreadMs,
    );
  }
  window.addEventListener('online', onOnline);
  window.classroom = { digest: () => digest(lesson) };

  function leave(): void {
    clearInterval(ticking);
    clearInterval(measuring);
    clearTimeout(settling);
    window.removeEventListener('online', onOnline);
    hub.close();
    publish.value?.close();
    subscribe.value?.close();
  }

  // A page that is out for good must not keep cameras on the line.
  watch(hub.status, (status) => {
    if (status !== 'closed') return;
    publish.value?.close();
    subscribe.value?.close();
    if (options.resumeKey) storage.removeItem(options.resumeKey);
  });
  onScopeDispose(leave);
  void hub.run();

  const audible = computed(() => audibleIds(lesson, own.value));
  return { lesson, hub, reply, own, publish, subscribe, clock, serverNow, isWaiting, link, limits, audible, passing, leave };
}
