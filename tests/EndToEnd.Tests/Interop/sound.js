// A page that sends a tone and hears it from the server, several times if need be.
window.sound = {
  peers: {},

  // With redundancy (RED) first in the list, a browser that knows it sends it.
  async publish(name, isRedundant) {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const out = context.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    const peer = (this.peers[name] = new RTCPeerConnection());
    const transceiver = peer.addTransceiver(out.stream.getAudioTracks()[0], { direction: 'sendonly' });
    const { codecs } = RTCRtpSender.getCapabilities('audio');
    const named = (type) => codecs.filter((one) => one.mimeType.toLowerCase() === `audio/${type}`);
    transceiver.setCodecPreferences(isRedundant ? [...named('red'), ...named('opus')] : named('opus'));
    return describe(peer, await peer.createOffer());
  },

  async view(name) {
    const peer = this.listen(name);
    peer.addTransceiver('audio', { direction: 'recvonly' });
    return describe(peer, await peer.createOffer());
  },

  async take(name, sdp) {
    const peer = this.peers[name] ?? this.listen(name);
    await peer.setRemoteDescription({ type: 'offer', sdp });
    return describe(peer, await peer.createAnswer());
  },

  answer(name, sdp) {
    return this.peers[name].setRemoteDescription({ type: 'answer', sdp });
  },

  async heard(name) {
    const one = [...(await this.peers[name].getStats()).values()].find((entry) => entry.type === 'inbound-rtp');
    return { packets: one?.packetsReceived ?? 0, discarded: one?.packetsDiscarded ?? 0, bytes: one?.bytesReceived ?? 0, energy: one?.totalAudioEnergy ?? 0 };
  },

  listen(name) {
    const peer = (this.peers[name] = new RTCPeerConnection());
    const audio = Object.assign(document.createElement('audio'), { autoplay: true });
    document.body.append(audio);
    peer.ontrack = ({ track }) => {
      audio.srcObject = new MediaStream([track]);
      void audio.play();
    };
    return peer;
  },
};

async function describe(peer, description) {
  await peer.setLocalDescription(description);
  while (peer.iceGatheringState !== 'complete') await new Promise((done) => peer.addEventListener('icegatheringstatechange', done, { once: true }));
  return peer.localDescription.sdp;
}
