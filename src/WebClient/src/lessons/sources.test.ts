import { describe, expect, it } from 'vitest';
import type { SourceFormat, SourceStatus } from '@/generated/contracts';
import { setLocale } from '@/i18n';
import en from '@/i18n/sources/en';
import { formatLine, lampOf, statusLine, troubleWords } from './sources';

const format: SourceFormat = { videoCodec: 'h264', profile: 'Main', width: 1920, height: 1080, frameRate: 25, audioCodec: 'aac', whyEncoded: null };
const status = (phase: SourceStatus['phase'], trouble: string | null = null): SourceStatus => ({ phase, since: '2026-03-02T02:04:00Z', trouble, format: null });

describe('the words about an appliance', () => {
  it('say what it sends and what becomes of it', () => {
    setLocale('en');
    expect(formatLine(format)).toContain('1920×1080');
    expect(formatLine(format)).toContain(en.copied);
    expect(formatLine({ ...format, whyEncoded: 'b_frames' })).toContain('it has B-frames');
    expect(formatLine({ ...format, videoCodec: null, audioCodec: 'aac' })).toContain(en.noPicture);
  });

  it('say since when nothing comes, and why', () => {
    setLocale('en');
    expect(statusLine(status('NoSignal', 'unreachable'))).toMatch(/^No signal since \d\d:\d\d · the appliance cannot be reached/);
    expect([lampOf(status('Live')), lampOf(status('Refused'))]).toEqual(['on', 'danger']);
  });

  it('exist for every reason that the server has', () => {
    for (const trouble of ['wrong_password', 'source_not_found', 'unreachable', 'no_media', 'broken_stream', 'stalled', 'removed', 'too_many', 'no_ffmpeg']) {
      expect(troubleWords(trouble)).toBeTruthy();
    }
  });
});
