import { describe, expect, it } from 'vitest';
import { limitText } from './limits';

describe('why pictures come in less than asked for', () => {
  it('is silent while everything comes', () => {
    expect(limitText({})).toBeNull();
  });

  it('names what can be mended here before what cannot', () => {
    expect(limitText({ a: 'SenderLine' })).toBe('limitSenderLine');
    expect(limitText({ a: 'SenderDevice' })).toBe('limitSenderDevice');
    expect(limitText({ a: 'SenderDevice', b: 'SenderLine' })).toBe('limitSenderLine');
    expect(limitText({ a: 'SenderLine', b: 'SchoolCeiling' })).toBe('limitCeiling');
    expect(limitText({ a: 'SenderLine', b: 'OwnLine', c: 'ParticipantCeiling' })).toBe('limitOwnLine');
  });

  it('passes over a reason of a later version', () => {
    expect(limitText({ a: 'Moon' })).toBeNull();
  });
});
