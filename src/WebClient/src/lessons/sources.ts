import { timeOfDay } from '@/app/format';
import type { SourceFormat, SourceStatus } from '@/generated/contracts';
import { listed } from '@/i18n';
import { sources as t } from '@/i18n/sources';
import zh from '@/i18n/sources/zh';

type Lamp = 'on' | 'off' | 'warn' | 'danger';

const lamps = { Idle: 'off', Connecting: 'warn', Live: 'on', NoSignal: 'danger', Refused: 'danger' } as const satisfies Record<SourceStatus['phase'], Lamp>;

/** The lamp of an appliance's stream. */
export const lampOf = (status: SourceStatus): Lamp => lamps[status.phase];

/** Why a stream does not come. */
export const troubleWords = (trouble: string): string => t(trouble as keyof typeof zh);

/** What a technician can look at, where there is something. */
export function troubleHint(trouble: string): string {
  const key = `${trouble}_hint`;
  return key in zh ? t(key as keyof typeof zh) : '';
}

/** How it stands with a stream, for example “No signal since 10:04: wrong user name or password”. */
export function statusLine(status: SourceStatus): string {
  const words = t(status.phase, { time: timeOfDay(status.since) });
  if (status.trouble) return `${words} · ${troubleWords(status.trouble)}`;
  return status.format ? `${words} · ${formatLine(status.format)}` : words;
}

/** What a stream is, for example “1920×1080, 25 frames/s, h264 Main, aac; the picture is passed on as it is”. */
export function formatLine(format: SourceFormat): string {
  const picture = format.videoCodec
    ? [`${format.width}×${format.height}`, ...(format.frameRate > 0 ? [t('frames', { fps: format.frameRate })] : []), [format.videoCodec, format.profile].filter(Boolean).join(' ')]
    : [t('noPicture')];
  const facts = listed([...picture, format.audioCodec ?? t('noSound')]);
  if (!format.videoCodec) return facts;
  const becomes = format.whyEncoded ? t('encoded', { why: t(`why_${format.whyEncoded}` as keyof typeof zh) }) : t('copied');
  return `${facts} · ${becomes}`;
}
