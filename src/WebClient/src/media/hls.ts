import type Hls from 'hls.js';
import { rebase } from './address';

/** One picture quality of a film. */
export interface Quality {
  /** Index to hand back to {@link HlsAttachment.setQuality}. */
  level: number;
  height: number;
  bitrate: number;
}

export interface HlsAttachment {
  /** Empty until the playlist is read, and where the browser plays HLS by itself. */
  readonly qualities: Quality[];
  /** @param level from {@link qualities}; -1 chooses by the link. */
  setQuality(level: number): void;
  detach(): void;
}

export interface HlsOptions {
  /** Signed base of the address, and the one that is valid now: requests are moved from one to the other. */
  base?: { issued: string; current: () => string };
  /** The playlist keeps sound in a rendition of its own, which only the full library plays; the light one is a third smaller. */
  separateSound?: boolean;
  /** Seconds to load ahead; default 30. */
  bufferSeconds?: number;
  onQualities?(qualities: Quality[]): void;
  /** Only errors that ended playback. */
  onError?(status: number | undefined): void;
}

/** Plays an HLS address in a video element. The library is loaded only here, and only where the browser needs it. */
export async function attachHls(video: HTMLVideoElement, address: string, options: HlsOptions = {}): Promise<HlsAttachment> {
  const { default: Library } = options.separateSound ? await import('hls.js') : await import('hls.js/light');
  return Library.isSupported() ? attachLibrary(Library, video, address, options) : attachNative(video, address, options);
}

function attachLibrary(Library: typeof Hls, video: HTMLVideoElement, address: string, options: HlsOptions): HlsAttachment {
  const { base } = options;
  const hls = new Library({
    maxBufferLength: options.bufferSeconds ?? 30,
    backBufferLength: 30,
    xhrSetup: (xhr, url) => {
      const moved = base ? rebase(url, base.issued, base.current()) : url;
      if (moved !== url) {
        xhr.open('GET', moved, true);
      }
    },
  });
  const attachment = {
    qualities: [] as Quality[],
    setQuality: (level: number) => {
      hls.nextLevel = level;
    },
    detach: () => {
      hls.destroy();
    },
  };
  hls.on(Library.Events.MANIFEST_PARSED, (_, data) => {
    attachment.qualities = data.levels.map(({ height, bitrate }, level) => ({ level, height, bitrate }));
    options.onQualities?.(attachment.qualities);
  });
  recover(hls, Library, options);
  hls.loadSource(new URL(address, location.href).href);
  hls.attachMedia(video);
  return attachment;
}

/** A decoder's stumble is mended once or twice in place; what cannot be mended is told. */
function recover(hls: Hls, Library: typeof Hls, options: HlsOptions): void {
  let mended = 0;
  hls.on(Library.Events.ERROR, (_, data) => {
    if (!data.fatal) {
      return;
    }
    if (data.type === Library.ErrorTypes.MEDIA_ERROR && mended++ < 2) {
      hls.recoverMediaError();
      return;
    }
    options.onError?.(data.response?.code);
  });
}

function attachNative(video: HTMLVideoElement, address: string, options: HlsOptions): HlsAttachment {
  const fail = () => options.onError?.(undefined);
  video.addEventListener('error', fail);
  video.src = address;
  return {
    qualities: [],
    setQuality: () => undefined,
    detach: () => {
      video.removeEventListener('error', fail);
      video.removeAttribute('src');
      video.load();
    },
  };
}
