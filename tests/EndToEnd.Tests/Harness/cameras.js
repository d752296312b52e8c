// Cameras and a microphone made in the page, all on the machine's clock. Runs before the page's own scripts.
//
// Each picture carries the school's name, a running clock and a mark that machines read: two rows of 16 black or white cells.
//   row 0: 1010 · school (4 bits) · seat (4 bits) · check (4 bits: school xor seat xor 9)
//   row 1: the time the picture was drawn, in units of 20 ms since 1970, modulo 60000 (20 minutes, a whole number of seconds)
// The microphone beeps for 100 ms at the start of each second of the same clock; the tone names the school: 600 Hz + 200 Hz × school.
((settings) => {
  const columns = 16;
  const unit = 20;
  const rate = settings.framesPerSecond ?? 10;
  const width = settings.width ?? 320;
  const height = settings.height ?? 180;
  const peers = [];
  window.classroomTest = { peers, readMark, audioEnergy, framesDecoded, received, voices, isBack, story };

  // What became of the page's connections and when, for the test's output.
  const events = [];
  const note = (what) => events.push({ at: Date.now(), what });
  for (const kind of ['online', 'offline']) window.addEventListener(kind, () => note(kind));

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(...args) {
      super(...args);
      const name = `connection ${peers.push(this)}`;
      note(`${name} made`);
      this.addEventListener('connectionstatechange', () => note(`${name} ${this.connectionState}`));
    }
  };

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...args) {
      super(...args);
      note('socket tried');
      for (const kind of ['open', 'close']) this.addEventListener(kind, () => note(`socket ${kind}`));
    }
  };

  if (!settings.cameras) return;

  const kinds = settings.cameras.map((label, seat) => ({ kind: 'videoinput', label, deviceId: `camera-${seat}`, groupId: 'made' }))
    .concat({ kind: 'audioinput', label: '麦克风', deviceId: 'microphone', groupId: 'made' });
  const cameras = new Map();
  let microphone;

  const ownDevices = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.enumerateDevices = async () => kinds.map((device) => ({ ...device, toJSON: () => device }));
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const tracks = [];
    if (constraints.video) {
      const seat = wantedSeat(constraints.video);
      tracks.push(opened(camera(seat), `camera-${seat}`));
    }
    if (constraints.audio && settings.browsersMicrophone) tracks.push(...(await ownDevices({ audio: true })).getAudioTracks());
    else if (constraints.audio) tracks.push(opened((microphone ??= makeMicrophone()), 'microphone'));
    return new MediaStream(tracks);
  };

  // A page closes what it opened; the device itself goes on.
  function opened(source, deviceId) {
    const track = source.clone();
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), deviceId });
    return track;
  }

  function wantedSeat(video) {
    const id = video?.deviceId?.exact ?? video?.deviceId?.ideal ?? video?.deviceId ?? 'camera-0';
    const seat = kinds.findIndex((device) => device.deviceId === [id].flat()[0]);
    return seat >= 0 && seat < settings.cameras.length ? seat : 0;
  }

  function camera(seat) {
    if (!cameras.has(seat)) cameras.set(seat, makeCamera(seat));
    return cameras.get(seat);
  }

  function makeCamera(seat) {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    const stream = canvas.captureStream(0);
    const track = stream.getVideoTracks()[0];
    // Firefox has it on the stream, Chromium on the track.
    const shutter = track.requestFrame ? track : stream;
    const draw = () => {
      const now = Date.now();
      context.fillStyle = `hsl(${(settings.school * 90 + seat * 25) % 360} 60% 45%)`;
      context.fillRect(0, 0, width, height);
      context.fillStyle = 'white';
      context.font = `${Math.round(height / 9)}px "Noto Sans CJK SC", sans-serif`;
      context.fillText(`${settings.name} ${settings.cameras[seat]}`, 8, height * 0.2);
      context.fillText(new Date(now).toISOString().slice(11, 22), 8, height * 0.4);
      drawMark(context, bits(seat, now));
      shutter.requestFrame();
    };
    draw();
    setInterval(draw, 1000 / rate);
    return track;
  }

  function bits(seat, now) {
    const word = (value, length) => [...Array(length).keys()].map((bit) => (value >> (length - 1 - bit)) & 1);
    const time = Math.floor(now / unit) % 60000;
    return [1, 0, 1, 0, ...word(settings.school, 4), ...word(seat, 4), ...word(settings.school ^ seat ^ 9, 4), ...word(time, 16)];
  }

  function drawMark(context, cells) {
    const side = width / columns;
    cells.forEach((bit, index) => {
      context.fillStyle = bit ? 'white' : 'black';
      context.fillRect((index % columns) * side, height - (2 - Math.floor(index / columns)) * side, side, side);
    });
  }

  function makeMicrophone() {
    const audio = new AudioContext({ sampleRate: 48000 });
    const out = audio.createMediaStreamDestination();
    const tone = new OscillatorNode(audio, { frequency: 600 + 200 * settings.school });
    const gate = new GainNode(audio, { gain: 0 });
    tone.connect(gate).connect(out);
    tone.start();
    let planned = 0;
    setInterval(() => {
      const next = Math.floor(Date.now() / 1000) * 1000 + 1000;
      if (next === planned) return;
      planned = next;
      const at = audio.currentTime + (next - Date.now()) / 1000;
      gate.gain.setValueAtTime(0.5, at);
      gate.gain.setValueAtTime(0, at + 0.1);
    }, 200);
    audio.resume();
    return out.stream.getAudioTracks()[0];
  }

  // ---- what tests ask of a page ----

  /** The mark in a <video>, or null: { school, seat, ageMs }. */
  function readMark(video) {
    if (!video || !video.videoWidth) return null;
    const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0);
    const side = canvas.width / columns;
    const cell = (row, column) => {
      const x = Math.floor((column + 0.5) * side);
      const y = Math.floor(canvas.height - (1.5 - row) * side);
      const [r, g, b] = context.getImageData(x, y, 1, 1).data;
      return r + g + b > 384 ? 1 : 0;
    };
    const word = (row, from, length) => [...Array(length).keys()].reduce((value, bit) => value * 2 + cell(row, from + bit), 0);
    const school = word(0, 4, 4);
    const seat = word(0, 8, 4);
    if (word(0, 0, 4) !== 10 || word(0, 12, 4) !== (school ^ seat ^ 9)) return null;
    const age = (Math.floor(Date.now() / unit) - word(1, 0, 16)) % 60000;
    return { school, seat, ageMs: ((age + 60000) % 60000) * unit };
  }

  async function inbound(kind) {
    const reports = await Promise.all(peers.filter((peer) => peer.connectionState === 'connected').map((peer) => peer.getStats()));
    return reports.flatMap((report) => [...report.values()]).filter((entry) => entry.type === 'inbound-rtp' && entry.kind === kind);
  }

  /** What comes in, in short words for messages. */
  async function received() {
    const entries = [...(await inbound('video')), ...(await inbound('audio'))];
    const states = peers.map((peer) => `${peer.connectionState}/${peer.iceConnectionState}`).join(', ');
    return `connections: ${states}; ` + entries.map((entry) => `${entry.kind}: ${entry.packetsReceived} packets, ${entry.framesDecoded ?? '-'} frames, energy ${entry.totalAudioEnergy ?? '-'}`).join('; ');
  }

  /** Sums over all received sound: see VoiceMeter. */
  async function voices() {
    const entries = await inbound('audio');
    const sum = (name) => entries.reduce((total, entry) => total + (entry[name] ?? 0), 0);
    return { tracks: entries.length, samples: sum('totalSamplesReceived'), concealed: sum('concealedSamples'), lost: sum('packetsLost'), nacks: sum('nackCount'), waited: sum('jitterBufferDelay'), emitted: sum('jitterBufferEmittedCount') };
  }

  /**
   * Waits until a picture of the school that was drawn after this time is on the page, and until sound comes in that is not
   * made up. Milliseconds after that time, each; −1: not within the patience.
   */
  async function isBack(school, since, patience) {
    const before = await soundReceived();
    const back = { picture: -1, sound: -1 };
    while ((back.picture < 0 || back.sound < 0) && Date.now() < since + patience) {
      const isDrawnSince = (video) => {
        const mark = readMark(video);
        return mark?.school === school && mark.ageMs < Date.now() - since;
      };
      if (back.picture < 0 && [...document.querySelectorAll('video')].some(isDrawnSince)) back.picture = Date.now() - since;
      if (back.sound < 0 && Date.now() > since && (await soundReceived()) > before + 960) back.sound = Date.now() - since;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return back;
  }

  /** Samples of all voices that came and left the jitter buffer; what is made up is not among them. */
  async function soundReceived() {
    const reports = await Promise.all(peers.filter((peer) => peer.connectionState !== 'closed').map((peer) => peer.getStats()));
    return reports
      .flatMap((report) => [...report.values()])
      .filter((entry) => entry.type === 'inbound-rtp' && entry.kind === 'audio')
      .reduce((sum, entry) => sum + (entry.jitterBufferEmittedCount ?? 0), 0);
  }

  /** What became of the connections since that time. */
  function story(since) {
    return events.filter(({ at }) => at >= since).map(({ at, what }) => `${((at - since) / 1000).toFixed(1)} ${what}`).join(', ');
  }

  async function framesDecoded() {
    return (await inbound('video')).reduce((sum, entry) => sum + (entry.framesDecoded ?? 0), 0);
  }

  async function audioEnergy() {
    return (await inbound('audio')).reduce((sum, entry) => sum + (entry.totalAudioEnergy ?? 0), 0);
  }
})
