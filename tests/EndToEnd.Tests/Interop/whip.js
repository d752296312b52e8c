// WHIP and WHEP (RFC 9725 and its sibling) with nothing but what a browser has.
window.httpSession = {
  async publish(url, token) {
    const peer = new RTCPeerConnection();
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    for (const track of stream.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
    return exchange(peer, url, token);
  },

  async play(url, token) {
    const peer = new RTCPeerConnection();
    // Audible: a muted element would not decode its sound.
    const video = Object.assign(document.createElement('video'), { autoplay: true });
    const stream = new MediaStream();
    peer.ontrack = ({ track }) => {
      stream.addTrack(track);
      video.srcObject = stream;
      void video.play();
    };
    peer.addTransceiver('video', { direction: 'recvonly' });
    peer.addTransceiver('audio', { direction: 'recvonly' });
    document.body.append(video);
    return exchange(peer, url, token);
  },
};

async function exchange(peer, url, token) {
  await peer.setLocalDescription(await peer.createOffer());
  while (peer.iceGatheringState !== 'complete') await new Promise((done) => peer.addEventListener('icegatheringstatechange', done, { once: true }));
  const reply = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${token}` }, body: peer.localDescription.sdp });
  if (reply.status !== 201) return `${reply.status} ${await reply.text()}`;
  await peer.setRemoteDescription({ type: 'answer', sdp: await reply.text() });
  while (peer.connectionState !== 'connected') await new Promise((done) => peer.addEventListener('connectionstatechange', done, { once: true }));
  return reply.headers.get('Location');
}
