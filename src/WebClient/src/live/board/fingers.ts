/** A place on the screen, in CSS pixels of the stage. */
export interface Place {
  x: number;
  y: number;
}

/** Two fingers that move a page: how much it grew, and where it went. */
export class Fingers {
  private readonly first = new Map<number, Place>();
  private readonly now = new Map<number, Place>();

  get count(): number {
    return this.now.size;
  }

  down(id: number, place: Place): void {
    this.now.set(id, place);
    // Each finger that comes or goes begins the movement anew, from where the page is now.
    this.restart();
  }

  move(id: number, place: Place): void {
    if (this.now.has(id)) this.now.set(id, place);
  }

  up(id: number): void {
    this.now.delete(id);
    this.restart();
  }

  /** The movement since it began: a place p goes to p · scale + (x, y). */
  movement(): { scale: number; x: number; y: number } {
    const [from, to] = [[...this.first.values()], [...this.now.values()]];
    if (from.length === 0) return { scale: 1, x: 0, y: 0 };
    const [before, after] = [middle(from), middle(to)];
    const scale = from.length > 1 ? apart(to) / Math.max(1, apart(from)) : 1;
    return { scale, x: after.x - before.x * scale, y: after.y - before.y * scale };
  }

  private restart(): void {
    this.first.clear();
    for (const [id, place] of this.now) this.first.set(id, place);
  }
}

function middle(places: Place[]): Place {
  return { x: places.reduce((sum, place) => sum + place.x, 0) / places.length, y: places.reduce((sum, place) => sum + place.y, 0) / places.length };
}

function apart([a, b]: Place[]): number {
  return Math.hypot(a!.x - b!.x, a!.y - b!.y);
}
