/** What this page has drawn or rubbed out, and may take back. */
export interface Act {
  kind: 'drawn' | 'erased';
  ids: string[];
}

const mostActs = 200;

/** Undo and redo of one author: what others do stays as it is. */
export class History {
  private done: Act[] = [];
  private undone: Act[] = [];

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  did(act: Act): void {
    if (act.ids.length === 0) return;
    this.done.push(act);
    if (this.done.length > mostActs) this.done.shift();
    this.undone = [];
  }

  /** What is to be done to take the last act back. */
  undo(): Act | null {
    const act = this.done.pop();
    if (!act) return null;
    this.undone.push(act);
    return opposite(act);
  }

  redo(): Act | null {
    const act = this.undone.pop();
    if (!act) return null;
    this.done.push(act);
    return act;
  }

  /** The server did not take it: there is nothing to take back. */
  forget(ids: readonly string[]): void {
    const lost = new Set(ids);
    const without = (acts: Act[]) => acts.map((act) => ({ ...act, ids: act.ids.filter((id) => !lost.has(id)) })).filter((act) => act.ids.length > 0);
    this.done = without(this.done);
    this.undone = without(this.undone);
  }
}

function opposite(act: Act): Act {
  return { kind: act.kind === 'drawn' ? 'erased' : 'drawn', ids: act.ids };
}
