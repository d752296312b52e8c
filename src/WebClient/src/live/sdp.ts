/** Identity of the other end: the origin's session id and the certificate. Another one means that the server lost the connection. */
export function sessionOf(sdp: string): string {
  const origin = /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? '';
  const fingerprint = /^a=fingerprint:\S+ (\S+)/m.exec(sdp)?.[1] ?? '';
  return `${origin} ${fingerprint.toUpperCase()}`;
}

/**
 * Asks for lost sound to be sent again. Browsers do that when the other end names it, but never name it themselves; without it
 * a tenth of the packets lost is a tenth of the words made up.
 */
export function withSoundRepeats(sdp: string): string {
  return sdp.replace(/^a=rtpmap:(\d+) opus\/[^\r\n]*$/gim, (line, type: string) => (sdp.includes(`a=rtcp-fb:${type} nack`) ? line : `${line}\r\na=rtcp-fb:${type} nack`));
}

interface Codec {
  mimeType: string;
  sdpFmtpLine?: string;
}

function isBaseline(codec: Codec): boolean {
  return codec.mimeType.toLowerCase() === 'video/h264' && /profile-level-id=42[0-9a-f]{4}/i.test(codec.sdpFmtpLine ?? '');
}

function rank(codec: Codec, wanted: string): number {
  const name = codec.mimeType.toLowerCase();
  const line = codec.sdpFmtpLine ?? '';
  if (wanted === 'H264' && isBaseline(codec) && /packetization-mode=1/.test(line)) return /42e0/i.test(line) ? 0 : 1;
  if (wanted === 'Vp8' && name === 'video/vp8') return 0;
  if (name === 'video/h264') return isBaseline(codec) && /packetization-mode=1/.test(line) ? 3 : 9;
  if (name === 'video/vp8') return 3;
  if (/\/(rtx|red|ulpfec|flexfec)/.test(name)) return 5;
  return 9;
}

/**
 * The lesson's codec first (H.264: constrained baseline with packetization mode 1), the other of the two as a way out for
 * browsers that lack it, retransmission behind. Everything else stays out: recordings become films without encoding.
 */
export function orderCodecs<T extends Codec>(codecs: T[], wanted: string): T[] {
  return codecs
    .map((codec) => ({ codec, rank: rank(codec, wanted) }))
    .filter((entry) => entry.rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .map((entry) => entry.codec);
}
