// One page that sends a picture in layers and shows what comes back.
window.layered = {
  async publish(codec, sendEncodings) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 960, height: 576 });
    const context = canvas.getContext('2d');
    let count = 0;
    setInterval(() => {
      context.fillStyle = `hsl(${(count * 7) % 360} 60% 50%)`;
      context.fillRect(0, 0, 960, 576);
      context.fillStyle = 'black';
      context.fillRect((count++ * 13) % 900, 200, 60, 140);
    }, 100);
    const track = canvas.captureStream(10).getVideoTracks()[0];
    this.publisher = new RTCPeerConnection();
    const transceiver = this.publisher.addTransceiver(track, { direction: 'sendonly', sendEncodings });
    transceiver.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter((one) => one.mimeType === `video/${codec}`));
    return this.describe(this.publisher);
  },

  async view() {
    this.viewer = new RTCPeerConnection();
    this.video = Object.assign(document.createElement('video'), { autoplay: true, muted: true });
    document.body.append(this.video);
    this.viewer.ontrack = ({ track }) => {
      this.video.srcObject = new MediaStream([track]);
      void this.video.play();
    };
    const transceiver = this.viewer.addTransceiver('video', { direction: 'recvonly' });
    // Chromium takes dependency descriptors, but offers them of its own accord only for a scalability mode that it sends.
    const extensions = transceiver.getHeaderExtensionsToNegotiate();
    extensions.find((one) => one.uri.includes('dependency-descriptor')).direction = 'sendrecv';
    transceiver.setHeaderExtensionsToNegotiate(extensions);
    return this.describe(this.viewer);
  },

  async describe(peer) {
    await peer.setLocalDescription(await peer.createOffer());
    while (peer.iceGatheringState !== 'complete') await new Promise((done) => peer.addEventListener('icegatheringstatechange', done, { once: true }));
    return peer.localDescription.sdp;
  },

  answer(peer, sdp) {
    return this[peer].setRemoteDescription({ type: 'answer', sdp });
  },

  async sent() {
    const stats = [...(await this.publisher.getStats()).values()].filter((one) => one.type === 'outbound-rtp');
    return stats.map((one) => `${one.rid ?? '-'} ${one.frameWidth}x${one.frameHeight} ${one.framesSent}`).join(', ');
  },

  async received() {
    const stats = [...(await this.viewer.getStats()).values()].find((one) => one.type === 'inbound-rtp');
    const seen = { packets: stats?.packetsReceived, frames: stats?.framesReceived, lost: stats?.packetsLost, plis: stats?.pliCount };
    return { height: this.video.videoHeight, decoded: stats?.framesDecoded ?? 0, frozen: stats?.totalFreezesDuration ?? 0, ...seen };
  },
};
