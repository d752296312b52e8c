// WHIP and WHEP (RFC 9725 and its sibling) with nothing but what a browser has.
window.httpSession = {
  // What a network lets through: candidates of the server that match, and the browser's own ways.
  only: /./,
  configuration: {},

  async publish(url, token) {
    const peer = new RTCPeerConnection(this.configuration);
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    for (const track of stream.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
    return this.exchange(peer, url, token);
  },

  async play(url, token) {
    const peer = new RTCPeerConnection(this.configuration);
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
    return this.exchange(peer, url, token);
  },

  // Tells through which relays the server would have this browser go, and goes through nothing else from then on.
  async useRelays(url, token) {
    const peer = new RTCPeerConnection();
    peer.addTransceiver('audio', { direction: 'sendonly' });
    await peer.setLocalDescription(await peer.createOffer());
    const reply = await post(url, token, peer.localDescription.sdp);
    const links = [...(reply.headers.get('Link') ?? '').matchAll(/<(turns?:[^>]*)>; rel="ice-server"; username="([^"]*)"; credential="([^"]*)"/g)];
    await fetch(reply.headers.get('Location'), { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
    peer.close();
    this.configuration = { iceTransportPolicy: 'relay', iceServers: links.map(([, urls, username, credential]) => ({ urls, username, credential })) };
    return links.length;
  },

  // New credentials of both ends for the connection that was made last (RFC 9725, 4.3.3).
  async restart(token) {
    const { peer, location } = this.last;
    await peer.setLocalDescription(await peer.createOffer({ iceRestart: true }));
    await gathered(peer);
    const credentials = peer.localDescription.sdp.match(/a=ice-(ufrag|pwd):.*/g).slice(0, 2).join('\r\n') + '\r\n';
    const reply = await fetch(location, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*', Authorization: `Bearer ${token}` },
      body: credentials,
    });
    if (reply.status !== 200) return `${reply.status} ${await reply.text()}`;
    const fragment = await reply.text();
    const answer = peer.remoteDescription.sdp.replace(/a=ice-ufrag:.*/g, fragment.match(/a=ice-ufrag:.*/)[0].trim()).replace(/a=ice-pwd:.*/g, fragment.match(/a=ice-pwd:.*/)[0].trim());
    await peer.setRemoteDescription({ type: 'answer', sdp: answer });
    return 'restarted';
  },

  // The way that media takes, for example "tcp direct ipv4" or "udp relay ipv4".
  async way() {
    const stats = await this.last.peer.getStats();
    const transport = [...stats.values()].find((one) => one.type === 'transport');
    const pair = transport?.selectedCandidatePairId ? stats.get(transport.selectedCandidatePairId) : [...stats.values()].find((one) => one.type === 'candidate-pair' && one.selected);
    const local = stats.get(pair.localCandidateId);
    const remote = stats.get(pair.remoteCandidateId);
    return `${remote.protocol} ${local.candidateType === 'relay' ? 'relay' : 'direct'} ${(remote.address ?? remote.ip).includes(':') ? 'ipv6' : 'ipv4'}`;
  },

  async exchange(peer, url, token) {
    await peer.setLocalDescription(await peer.createOffer());
    await gathered(peer);
    const reply = await post(url, token, peer.localDescription.sdp);
    if (reply.status !== 201) return `${reply.status} ${await reply.text()}`;
    const lines = (await reply.text()).split('\r\n');
    await peer.setRemoteDescription({ type: 'answer', sdp: lines.filter((line) => !line.startsWith('a=candidate') || this.only.test(line)).join('\r\n') });
    while (peer.connectionState !== 'connected') {
      if (peer.connectionState === 'failed') return `no way to the server; candidates: ${peer.localDescription.sdp.match(/a=candidate.*/g)}`;
      await new Promise((done) => peer.addEventListener('connectionstatechange', done, { once: true }));
    }
    this.last = { peer, location: reply.headers.get('Location') };
    return this.last.location;
  },
};

async function gathered(peer) {
  while (peer.iceGatheringState !== 'complete') await new Promise((done) => peer.addEventListener('icegatheringstatechange', done, { once: true }));
}

function post(url, token, sdp) {
  return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${token}` }, body: sdp });
}
