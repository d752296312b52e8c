/** Whether this browser can play a received codec, for example a Firefox without H.264. */
export function canDecode(codec: string): boolean {
  const known = RTCRtpReceiver.getCapabilities?.('video')?.codecs;
  return !known || known.some((item) => item.mimeType.toLowerCase() === `video/${codec.toLowerCase()}`);
}
