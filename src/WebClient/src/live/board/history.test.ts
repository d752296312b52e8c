import { describe, expect, it } from 'vitest';
import { History } from './history';

const drawn = (...ids: string[]) => ({ kind: 'drawn' as const, ids });
const erased = (...ids: string[]) => ({ kind: 'erased' as const, ids });

describe('undo', () => {
  it('takes back the last act, and redo does it again', () => {
    const history = new History();
    history.did(drawn('a'));
    history.did(erased('a', 'b'));
    expect([history.undo(), history.undo(), history.undo()]).toEqual([drawn('a', 'b'), erased('a'), null]);
    expect([history.redo(), history.redo(), history.redo()]).toEqual([drawn('a'), erased('a', 'b'), null]);
  });

  it('has nothing to redo after something new', () => {
    const history = new History();
    history.did(drawn('a'));
    history.undo();
    history.did(drawn('b'));
    expect([history.canRedo, history.undo()]).toEqual([false, erased('b')]);
  });

  it('passes over what the server did not take, and acts that changed nothing', () => {
    const history = new History();
    history.did(erased());
    history.did(drawn('a'));
    history.did(drawn('b'));
    history.forget(['b']);
    expect([history.undo(), history.canUndo]).toEqual([erased('a'), false]);
  });

  it('forgets the oldest of very many', () => {
    const history = new History();
    for (let index = 0; index < 300; index++) history.did(drawn(`s${index}`));
    let count = 0;
    while (history.undo()) count++;
    expect(count).toBe(200);
  });
});
