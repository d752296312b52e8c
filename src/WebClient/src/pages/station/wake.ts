/** Keeps the screen on; the browser drops the lock when the page is hidden, so it is taken again. */
export function keepAwake(): () => void {
  let lock: { release: () => Promise<void> } | null = null;
  let isOver = false;

  async function take(): Promise<void> {
    if (document.hidden) return;
    try {
      lock = (await navigator.wakeLock?.request('screen')) ?? null;
      if (isOver) void lock?.release();
    } catch {
      // On battery saving the browser refuses: the system's own settings then decide.
    }
  }

  const onVisible = () => void take();
  document.addEventListener('visibilitychange', onVisible);
  void take();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release();
  };
}
