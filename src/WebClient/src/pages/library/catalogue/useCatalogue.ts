import { computed, watch } from 'vue';
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';
import { http } from '@/api/http';
import { useLoad } from '@/api/load';
import type { CourseFacets, CoursePage, Suggestion, TreeNode } from '@/generated/contracts';

/** What narrows the catalogue, besides the place in the tree; its names are those of the address. */
export const filters = ['text', 'point', 'school', 'type', 'stage', 'grade', 'subject', 'edition', 'level', 'award'] as const;
export type Filter = (typeof filters)[number];

const placeKey = 'classroom.catalogue.node';

/** The catalogue page's state lives in its address: going back goes back, and a link shows the same. */
export function useCatalogue() {
  const route = useRoute();
  const router = useRouter();
  const query = (name: string) => (typeof route.query[name] === 'string' ? (route.query[name] as string) : null);
  const asked = () => ({ node: query('node'), ...Object.fromEntries(filters.map((name) => [name, query(name)])) });

  const tree = useLoad((signal) => http.get<TreeNode[]>('/api/catalogue/tree', { signal }));
  const courses = useLoad((signal) => http.get<CoursePage>('/api/courses', { signal, query: { ...asked(), page: Number(query('page') ?? 1) } }));
  const facets = useLoad((signal) => http.get<CourseFacets>('/api/courses/facets', { signal, query: asked() }));

  function go(change: Record<string, string | null>): void {
    const next: LocationQueryRaw = { ...route.query, page: null, ...change };
    void router.push({ query: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null && value !== '')) });
  }

  function choose(id: string | null): void {
    try {
      localStorage.setItem(placeKey, id ?? '');
    } catch {
      // Not remembered, still chosen.
    }
    go({ node: id, point: null });
  }

  function follow(suggestion: Suggestion): void {
    const open: Record<Suggestion['kind'], () => void> = {
      Point: () => go({ point: suggestion.id, text: null }),
      Node: () => go({ node: suggestion.id, text: null }),
      School: () => go({ school: suggestion.id, text: null }),
      Teacher: () => go({ text: suggestion.text }),
      Course: () => void router.push({ name: 'play', params: { id: suggestion.id } }),
    };
    open[suggestion.kind]();
  }

  // Coming back without an address of its own, the page opens where it was left.
  if (Object.keys(route.query).length === 0) {
    try {
      const place = localStorage.getItem(placeKey);
      if (place) void router.replace({ query: { node: place } });
    } catch {
      // Without a memory it starts at the top.
    }
  }

  watch(() => route.query, (next, before) => {
    if (route.name !== 'catalogue') return;
    void courses.reload();
    // Turning the page changes no count.
    if ([...filters, 'node'].some((name) => next[name] !== before[name])) void facets.reload();
  });

  const isFiltered = computed(() => filters.some((name) => query(name)));
  const clear = () => go(Object.fromEntries(filters.map((name) => [name, null])));
  return { query, tree, courses, facets, go, choose, follow, isFiltered, clear, isHere: () => route.name === 'catalogue' };
}
