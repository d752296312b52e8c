import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import type { AccountRole } from '@/generated/contracts';
import { hasRole, loadSession } from './session';

declare module 'vue-router' {
  interface RouteMeta {
    /** Open without signing in. */
    anonymous?: boolean;
    /** Without the top bar: live pages fill the screen. */
    bare?: boolean;
    dark?: boolean;
    /** Takes the whole width of a large screen. */
    wide?: boolean;
    /** Who may see it; everyone who is signed in when not given. */
    roles?: AccountRole[];
  }
}

const planners: AccountRole[] = ['Teacher', 'Technician', 'Supervisor', 'Administrator'];

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'today', component: () => import('@/pages/today/TodayPage.vue') },
  { path: '/sign-in', name: 'sign-in', component: () => import('@/pages/signin/SignInPage.vue'), meta: { anonymous: true, bare: true } },
  { path: '/setup', name: 'setup', component: () => import('@/pages/signin/SetupPage.vue'), meta: { anonymous: true, bare: true } },
  { path: '/password', name: 'password', component: () => import('@/pages/signin/PasswordPage.vue') },

  { path: '/lobby/:lessonId', name: 'lobby', component: () => import('@/pages/lobby/LobbyPage.vue'), props: true, meta: { bare: true } },
  { path: '/console/:lessonId', name: 'console', component: () => import('@/pages/console/ConsolePage.vue'), props: true, meta: { bare: true, dark: true } },
  { path: '/observe/:lessonId', name: 'observe', component: () => import('@/pages/observer/ObserverPage.vue'), props: true, meta: { bare: true, dark: true } },
  { path: '/station', name: 'station', component: () => import('@/pages/station/StationPage.vue'), meta: { anonymous: true, bare: true, dark: true } },
  { path: '/join/:pin?', name: 'join', component: () => import('@/pages/tablet/JoinPage.vue'), props: true, meta: { anonymous: true, bare: true } },
  { path: '/tablet', name: 'tablet', component: () => import('@/pages/tablet/TabletPage.vue'), meta: { anonymous: true, bare: true } },

  { path: '/lessons/new', name: 'lesson-new', component: () => import('@/pages/manage/LessonPage.vue'), meta: { roles: planners } },
  { path: '/lessons/:id', name: 'lesson', component: () => import('@/pages/manage/LessonPage.vue'), props: true },
  { path: '/admin/:section?', name: 'admin', component: () => import('@/pages/manage/AdminPage.vue'), props: true, meta: { roles: ['Technician', 'Administrator'] } },
  { path: '/rubrics', name: 'rubrics', component: () => import('@/pages/observer/RubricsPage.vue'), meta: { roles: ['Reviewer', 'Administrator'] } },
  { path: '/recordings', name: 'recordings', component: () => import('@/pages/recordings/RecordingsPage.vue') },
  { path: '/recordings/:lessonId', name: 'recording', component: () => import('@/pages/recordings/RecordingPage.vue'), props: true },
  { path: '/courses', redirect: '/recordings' },
  { path: '/courses/:id/edit', name: 'course-edit', component: () => import('@/pages/recordings/EditorPage.vue'), props: true, meta: { wide: true } },
  { path: '/reviews', name: 'reviews', component: () => import('@/pages/library/ReviewsPage.vue'), meta: { roles: ['Reviewer', 'Administrator'] } },
  { path: '/catalogue', name: 'catalogue', component: () => import('@/pages/library/CataloguePage.vue') },
  { path: '/statistics', name: 'statistics', component: () => import('@/pages/reports/StatisticsPage.vue'), meta: { roles: ['Supervisor', 'Reviewer', 'Administrator'] } },
  { path: '/series', name: 'series-list', component: () => import('@/pages/library/series/SeriesListPage.vue') },
  { path: '/series/:id', name: 'series', component: () => import('@/pages/library/series/SeriesPage.vue'), props: true },
  { path: '/play/:id', name: 'play', component: () => import('@/pages/library/PlayPage.vue'), props: true },

  { path: '/c/:id', name: 'public', component: () => import('@/pages/public/PublicPage.vue'), props: true, meta: { anonymous: true, bare: true } },
  { path: '/embed/:id', name: 'embed', component: () => import('@/pages/public/EmbedPage.vue'), props: true, meta: { anonymous: true, bare: true, dark: true } },

  { path: '/:rest(.*)*', name: 'not-found', component: () => import('@/pages/NotFoundPage.vue'), meta: { anonymous: true } },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  if (to.meta.anonymous) return true;
  const account = await loadSession();
  if (!account) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
  if (account.mustChangePassword && to.name !== 'password') return { name: 'password' };
  return true;
});

/** Whether the signed-in account may see the page; the shell shows the no-right page otherwise. */
export function mayOpen(roles: AccountRole[] | undefined): boolean {
  return roles === undefined || hasRole(...roles);
}
