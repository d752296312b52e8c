/** Pictures that must stay sharp rather than smooth; they go in one encoding. */
export function isSharp(group: string): boolean {
  return group === 'Courseware' || group === 'screen' || group === 'Board';
}

type Encoding = RTCRtpEncodingParameters & { scalabilityMode?: string };

const layers: Encoding[] = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
];

/** Cameras whose size is not known yet are taken for 720 lines. */
const usualLines = 720;

/**
 * How a camera is sent: in three sizes at once, so that every screen gets the one it shows. Small cameras get fewer, because
 * browsers leave out the layers of small pictures, and the recording wants the largest. Empty: one encoding.
 */
export function encodingsFor(group: string, track: MediaStreamTrack, codec: string): RTCRtpEncodingParameters[] {
  if (isSharp(group)) return [];
  const lines = track.getSettings().height ?? usualLines;
  const count = lines >= 540 ? 3 : lines >= 270 ? 2 : 1;
  if (count === 1) return [];
  // VP8 can be thinned to half its frame rate on the way down. Encoders for H.264 in hardware know no temporal layers.
  return layers.slice(-count).map((layer) => ({ ...layer, active: true, ...(codec === 'Vp8' ? { scalabilityMode: 'L1T2' } : {}) }));
}
