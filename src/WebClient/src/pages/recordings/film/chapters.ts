/** A chapter of a film. */
export interface FilmChapter {
  startMs: number;
  title: string;
}

/** Reads the cues of a WebVTT file that holds chapters. */
export function parseChapters(vtt: string): FilmChapter[] {
  return vtt.split(/\r?\n\r?\n/).flatMap((block) => {
    const lines = block.trim().split(/\r?\n/);
    const at = lines.findIndex((line) => line.includes(' --> '));
    const start = at < 0 ? null : milliseconds(lines[at]!.split(' --> ')[0]!);
    return start === null ? [] : [{ startMs: start, title: plain(lines.slice(at + 1).join(' ')) }];
  });
}

function milliseconds(time: string): number | null {
  const parts = /^(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})$/.exec(time.trim());
  return parts ? ((Number(parts[1] ?? 0) * 60 + Number(parts[2])) * 60 + Number(parts[3])) * 1000 + Number(parts[4]) : null;
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
