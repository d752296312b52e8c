import { describe, expect, it } from 'vitest';
import { encodingsFor } from './layers';

function camera(height?: number): MediaStreamTrack {
  return { getSettings: () => ({ height }) } as MediaStreamTrack;
}

function sent(group: string, height?: number, codec = 'H264'): string {
  return encodingsFor(group, camera(height), codec)
    .map((encoding) => `${encoding.rid}/${encoding.scaleResolutionDownBy}`)
    .join(' ');
}

describe('encodings of a camera', () => {
  it('are three for a picture of ordinary size, fewer for small ones', () => {
    expect(sent('TeacherCloseUp', 720)).toBe('q/4 h/2 f/1');
    expect(sent('TeacherCloseUp')).toBe('q/4 h/2 f/1');
    expect(sent('TeacherCloseUp', 360)).toBe('h/2 f/1');
    expect(sent('TeacherCloseUp', 180)).toBe('');
  });

  it('is one for what must stay sharp', () => {
    expect(sent('Courseware', 1080)).toBe('');
    expect(sent('screen', 1080)).toBe('');
    expect(sent('Board', 1080)).toBe('');
  });

  it('have temporal layers in VP8 only', () => {
    expect(encodingsFor('camera', camera(720), 'Vp8')[0]).toHaveProperty('scalabilityMode', 'L1T2');
    expect(encodingsFor('camera', camera(720), 'H264')[0]).not.toHaveProperty('scalabilityMode');
  });
});
