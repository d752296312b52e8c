import { onScopeDispose, ref, watch } from 'vue';
import type { Board } from './useBoard';
import { parseSurface } from './surface';
import { widthFor } from './pageLinks';

const againMs = 3000;

/**
 * The picture of the page: the one that is there stays until the sharper one has come, the next page's is fetched ahead,
 * and one that does not come is asked for again.
 */
export function usePagePicture(board: Board, surface: () => string | null, pixels: () => number) {
  const shown = ref<{ url: string; surface: string } | null>(null);
  const isMissing = ref(false);
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    const mine = ++round;
    clearTimeout(timer);
    const name = surface();
    const place = parseSurface(name);
    if (!place?.documentId) {
      shown.value = null;
      isMissing.value = false;
      return;
    }
    const width = widthFor(pixels());
    try {
      const url = await board.links.url(place.documentId, place.page, width);
      await decoded(url);
      if (mine !== round) return;
      shown.value = { url, surface: name! };
      isMissing.value = false;
      if (place.page < (board.lessonSlides(place.documentId)?.pages.length ?? 0)) void board.links.url(place.documentId, place.page + 1, width).then(decoded).catch(() => undefined);
    } catch {
      if (mine !== round) return;
      isMissing.value = shown.value?.surface !== name;
      board.links.drop(place.documentId);
      timer = setTimeout(() => void load(), againMs);
    }
  }

  watch([surface, () => widthFor(pixels())], () => void load(), { immediate: true });
  onScopeDispose(() => {
    round++;
    clearTimeout(timer);
  });
  return { shown, isMissing, again: () => void load() };
}

function decoded(url: string): Promise<void> {
  const picture = new Image();
  picture.src = url;
  return picture.decode();
}
