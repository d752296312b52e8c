import { describe, expect, it } from 'vitest';
import { FilmMoves, toMoves } from './moves';

/** Plays four times a second; the clock goes with the film. */
function play(moves: FilmMoves, from: number, to: number): void {
  for (let ms = from; ms <= to; ms += 250) moves.at(ms, true, ms);
}

const words = (moves: FilmMoves, now = 0) => toMoves(moves.take(), now).map(({ kind, fromMs, atMs }) => `${kind} ${fromMs} ${atMs}`);

describe('what a viewer does with a player', () => {
  it('begins with the first play, wherever the film was taken up', () => {
    const moves = new FilmMoves();
    moves.at(0, false, 0);
    moves.at(40_000, false, 0);
    moves.at(40_000, true, 0);
    expect(words(moves)).toEqual(['Initialized 40000 40000', 'Played 40000 40000']);
  });

  it('is told with pauses and with seeks, from where to where', () => {
    const moves = new FilmMoves();
    play(moves, 0, 5000);
    moves.at(5000, false, 5000);
    moves.at(60_000, false, 9000);
    moves.at(60_000, true, 12_000);
    expect(words(moves)).toEqual(['Initialized 0 0', 'Played 0 0', 'Paused 5000 5000', 'Seeked 5000 60000', 'Played 60000 60000']);
  });

  it('takes a drag along the bar for one seek', () => {
    const moves = new FilmMoves();
    play(moves, 0, 1000);
    for (let at = 1; at <= 5; at++) moves.at(1000 + at * 10_000, true, 1000 + at * 100);
    expect(words(moves)).toEqual(['Initialized 0 0', 'Played 0 0', 'Seeked 1000 51000']);
  });

  it('counts through its session, and begins another after its end', () => {
    const moves = new FilmMoves();
    play(moves, 0, 1000);
    const first = moves.take();
    const last = moves.finish(3000);
    play(moves, 1000, 2000);
    const next = moves.take();
    expect(last.seen.map(({ number, kind }) => [number, kind])).toEqual([[2, 'Terminated']]);
    expect(last.session).toBe(first.session);
    expect(next.seen.map(({ number, kind }) => [number, kind])).toEqual([[0, 'Initialized'], [1, 'Played']]);
    expect(next.session).not.toBe(first.session);
  });

  it('says nothing of a film that was never played', () => {
    const moves = new FilmMoves();
    moves.at(0, false, 0);
    moves.at(30_000, false, 0);
    expect(moves.finish(1000).seen).toEqual([]);
  });

  it('tells again what could not be told, as long ago as it is by then', () => {
    const moves = new FilmMoves();
    play(moves, 0, 250);
    const lost = moves.take();
    moves.giveBack(lost);
    expect(toMoves(moves.take(), 20_000).map(({ number, agoMs }) => [number, agoMs])).toEqual([[0, 20_000], [1, 20_000]]);
  });
});
