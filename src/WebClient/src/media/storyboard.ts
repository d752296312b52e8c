/** One picture of a storyboard: what to show while the pointer rests on its time of the film. */
export interface StoryboardTile {
  fromMs: number;
  toMs: number;
  /** Image address as written in the file, without its fragment. */
  image: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const cueTime = /^(\S+)\s+-->\s+(\S+)/;
const spatialFragment = /^(.*)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/;

/** Reads a WebVTT file whose cues name parts of an image by media fragments (`storyboard.jpg#xywh=0,0,160,90`). Cues that do not are left out. */
export function parseStoryboard(text: string): StoryboardTile[] {
  const tiles: StoryboardTile[] = [];
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const tile = parseCue(block.split('\n').filter((line) => line.trim() !== ''));
    if (tile) {
      tiles.push(tile);
    }
  }
  return tiles;
}

/** The tile of a time: the last one that has begun, so that holes between cues show the picture before them. */
export function tileAt(tiles: readonly StoryboardTile[], ms: number): StoryboardTile | null {
  let found: StoryboardTile | null = tiles[0] ?? null;
  for (const tile of tiles) {
    if (tile.fromMs > ms) {
      break;
    }
    found = tile;
  }
  return found;
}

function parseCue(lines: string[]): StoryboardTile | null {
  const timing = lines.findIndex((line) => cueTime.test(line));
  const [, from, to] = cueTime.exec(lines[timing] ?? '') ?? [];
  const [, image, x, y, width, height] = spatialFragment.exec((lines[timing + 1] ?? '').trim()) ?? [];
  const fromMs = vttTime(from);
  const toMs = vttTime(to);
  if (image === undefined || fromMs === null || toMs === null) {
    return null;
  }
  return { fromMs, toMs, image, x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

function vttTime(text: string | undefined): number | null {
  const match = /^(?:(\d{2,}):)?(\d{2}):(\d{2})\.(\d{3})$/.exec(text ?? '');
  if (!match) {
    return null;
  }
  const [, hours, minutes, seconds, ms] = match;
  return ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
}
