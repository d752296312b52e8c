import { vi } from 'vitest';

/** As much of RTCPeerConnection as the pages use, for tests. */
export class FakePeer {
  static made: FakePeer[] = [];
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  currentRemoteDescription = { sdp: 'v=0\r\nm=audio 9\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 5004 typ host\r\n' };
  localDescription = { sdp: 'v=0\r\n' };
  onconnectionstatechange: () => void = () => undefined;
  readonly addIceCandidate = vi.fn(async () => undefined);
  readonly setRemoteDescription = async () => undefined;
  readonly createAnswer = async () => ({});
  readonly createOffer = vi.fn(async (_options: RTCOfferOptions) => ({}));
  readonly setLocalDescription = async () => undefined;
  readonly getTransceivers = () => [];
  readonly addTransceiver = () => ({ mid: '0', direction: 'sendonly' });
  readonly close = () => undefined;

  constructor() {
    FakePeer.made.push(this);
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}
