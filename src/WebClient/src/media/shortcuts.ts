import { onScopeDispose } from 'vue';

/** What a key does; the event is there for its shift key. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/**
 * Page-wide keys, named as in `KeyboardEvent.key` (letters in lower case, "mod+z" for Ctrl or ⌘).
 * They rest while someone types or while a control that uses the key itself has the focus.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = (event: KeyboardEvent) => {
    const act = shortcuts[keyOf(event)];
    if (!act || event.defaultPrevented || event.altKey || isTaken(event)) return;
    event.preventDefault();
    act(event);
  };
  window.addEventListener('keydown', onKey);
  onScopeDispose(() => {
    window.removeEventListener('keydown', onKey);
  });
}

function keyOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target) return false;
  if (target.isContentEditable || target.closest('input:not([type=range]):not([type=checkbox]), textarea, select, dialog, [role=dialog], [role=menu], [role=listbox], [role=combobox]')) return true;
  // Space and Enter belong to the button under the focus.
  return (event.key === ' ' || event.key === 'Enter') && target.closest('button, a, summary') !== null;
}
