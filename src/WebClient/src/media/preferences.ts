/** How films are watched in this browser. */
export interface FilmPreferences {
  captions: boolean;
  /** Speed; 1 is as it was recorded. */
  rate: number;
  /** The smallest picture, whatever the line would take. */
  saves: boolean;
}

const storageKey = 'classroom.film';

/** What was chosen here last. Before anybody chose: no captions, usual speed, and the browser's own wish to save data. */
export function filmPreferences(): FilmPreferences {
  const { captions, rate, saves } = chosen();
  return {
    captions: captions === true,
    rate: typeof rate === 'number' && rate >= 0.25 && rate <= 4 ? rate : 1,
    saves: typeof saves === 'boolean' ? saves : (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true,
  };
}

export function preferFilms(change: Partial<FilmPreferences>): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ ...chosen(), ...change }));
  } catch {
    // Storage may be forbidden: not remembered, still done.
  }
}

function chosen(): Partial<Record<keyof FilmPreferences, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}
