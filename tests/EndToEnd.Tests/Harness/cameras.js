// Cameras and a microphone made in the page, all on the machine's clock. Runs before the page's own scripts.
//
// Each picture carries the school's name, a running clock and a mark that machines read: two rows of 16 black or white cells.
//   row 0: 1010 · school (4 bits) · seat (4 bits) · check (4 bits: school xor seat xor 9)
//   row 1: the time the picture was drawn, in units of 20 ms since 1970, modulo 60000 (20 minutes, a whole number of seconds)
// A shared screen shows slides: the same mark under the seat number 14, words, and a band of fine print, black and white lines
// of two pixels each, which any loss of size or sharpness turns grey.
// The microphone beeps for 100 ms at the start of each second of the same clock; the tone names the school: 600 Hz + 200 Hz × school.
((settings) => {
  const columns = 16;
  const unit = 20;
  const slidesSeat = 14;
  const slidesPerSecond = 5;
  const pageMs = 10_000;
  const rate = settings.framesPerSecond ?? 10;
  const width = settings.width ?? 320;
  const height = settings.height ?? 180;
  const peers = [];
  window.classroomTest = { peers, readMark, audioEnergy, framesDecoded, received, sent, voices, pictures, isBack, story, lateness };

  // How long each drawn picture waited until it was taken, and how far the sound's clock stands behind the machine's: the newest of both.
  const pictureLags = [];
  const soundLags = [];
  const keepLag = (lags, ms) => {
    lags.push(ms);
    if (lags.length > 4000) lags.shift();
  };

  // What became of the page's connections and when, for the test's output.
  const events = [];
  const note = (what) => events.push({ at: Date.now(), what });
  for (const kind of ['online', 'offline']) window.addEventListener(kind, () => note(kind));

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(...args) {
      super(...args);
      this.name = `connection ${peers.push(this)}`;
      note(`${this.name} made`);
      this.addEventListener('connectionstatechange', () => note(`${this.name} ${this.connectionState}`));
    }

    setLocalDescription(description) {
      return this.noted('says', description, super.setLocalDescription(description));
    }

    setRemoteDescription(description) {
      return this.noted('is told', description, super.setRemoteDescription(description));
    }

    async noted(how, description, done) {
      await done;
      note(`${this.name} ${how} ${description?.type} ${/^a=ice-ufrag:(\S+)/m.exec(description?.sdp ?? '')?.[1] ?? ''}`);
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

  if (settings.hasSlides) navigator.mediaDevices.getDisplayMedia = async () => new MediaStream([makeSlides()]);

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
    const noise = settings.isLively ? makeNoise() : null;
    return film(width, height, rate, (context, now) => {
      context.fillStyle = `hsl(${(settings.school * 90 + seat * 25) % 360} 60% 45%)`;
      context.fillRect(0, 0, width, height);
      if (noise) context.drawImage(noise, -Math.random() * width, -Math.random() * height);
      context.fillStyle = 'white';
      context.font = `${Math.round(height / 9)}px "Noto Sans CJK SC", sans-serif`;
      context.fillText(`${settings.name} ${settings.cameras[seat]}`, 8, height * 0.2);
      context.fillText(new Date(now).toISOString().slice(11, 22), 8, height * 0.4);
      drawMark(context, bits(seat, now), width, height);
    });
  }

  /** So much goes on in this picture that it takes all the bits that it may. */
  function makeNoise() {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2 * width, height: 2 * height });
    const context = canvas.getContext('2d');
    const cell = 6;
    for (let y = 0; y < canvas.height; y += cell) {
      for (let x = 0; x < canvas.width; x += cell) {
        context.fillStyle = `hsl(${Math.random() * 360} 50% ${20 + Math.random() * 60}%)`;
        context.fillRect(x, y, cell, cell);
      }
    }
    return canvas;
  }

  function makeSlides() {
    const [slideWidth, slideHeight] = [1280, 720];
    return film(slideWidth, slideHeight, slidesPerSecond, (context, now) => {
      context.fillStyle = 'white';
      context.fillRect(0, 0, slideWidth, slideHeight);
      context.fillStyle = 'black';
      context.font = `28px "Noto Sans CJK SC", sans-serif`;
      const page = Math.floor(now / pageMs) % 90;
      for (let line = 0; line < 6; line++) context.fillText(`${page * 7 + line} · 方程的意义：3x + ${page + line} = ${page * line + 4}，等式的两边同时加上同一个数`, 40, 60 + 46 * line);
      const { top, bottom } = finePrint(slideHeight);
      for (let x = 0; x < slideWidth; x += 4) context.fillRect(x, top, 2, bottom - top);
      drawMark(context, bits(slidesSeat, now), slideWidth, slideHeight);
    });
  }

  /** A track of pictures that are drawn so many times a second. */
  function film(filmWidth, filmHeight, framesPerSecond, drawPicture) {
    const canvas = Object.assign(document.createElement('canvas'), { width: filmWidth, height: filmHeight });
    const context = canvas.getContext('2d');
    const stream = canvas.captureStream(0);
    const track = stream.getVideoTracks()[0];
    // Firefox has it on the stream, Chromium on the track.
    const shutter = track.requestFrame ? track : stream;
    const draw = () => {
      const now = Date.now();
      drawPicture(context, now);
      shutter.requestFrame();
      requestAnimationFrame(() => keepLag(pictureLags, Date.now() - now));
    };
    draw();
    setInterval(draw, 1000 / framesPerSecond);
    return track;
  }

  function bits(seat, now) {
    const word = (value, length) => [...Array(length).keys()].map((bit) => (value >> (length - 1 - bit)) & 1);
    const time = Math.floor(now / unit) % 60000;
    return [1, 0, 1, 0, ...word(settings.school, 4), ...word(seat, 4), ...word(settings.school ^ seat ^ 9, 4), ...word(time, 16)];
  }

  function drawMark(context, cells, pictureWidth, pictureHeight) {
    const side = pictureWidth / columns;
    cells.forEach((bit, index) => {
      context.fillStyle = bit ? 'white' : 'black';
      context.fillRect((index % columns) * side, pictureHeight - (2 - Math.floor(index / columns)) * side, side, side);
    });
  }

  function makeMicrophone() {
    const audio = new AudioContext({ sampleRate: 48000 });
    const out = audio.createMediaStreamDestination();
    const tone = new OscillatorNode(audio, { frequency: 600 + 200 * settings.school });
    const gate = new GainNode(audio, { gain: 0 });
    tone.connect(gate).connect(out);
    const voice = new GainNode(audio, { gain: 0 });
    tone.connect(voice).connect(out);
    // Somebody speaks, and goes on until told to stop.
    window.classroomTest.speak = (isSpeaking) => voice.gain.setValueAtTime(isSpeaking ? 0.5 : 0, audio.currentTime);
    tone.start();
    let planned = 0;
    setInterval(() => {
      keepLag(soundLags, Date.now() - audio.currentTime * 1000);
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

  function finePrint(pictureHeight) {
    return { top: Math.round(pictureHeight * 0.5), bottom: Math.round(pictureHeight * 0.6) };
  }

  /** How much of the contrast of the fine print is left, 0 to 1. */
  function sharpness(video) {
    const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0);
    const { top, bottom } = finePrint(canvas.height);
    const { data } = context.getImageData(0, (top + bottom) >> 1, canvas.width, 1);
    let sum = 0;
    for (let x = 0; x + 2 < canvas.width; x++) sum += Math.abs(data[4 * x + 1] - data[4 * (x + 2) + 1]);
    return sum / (canvas.width - 2) / 255;
  }

  /** Each received picture that is on the page, as the browser counts it: see PictureMeter. */
  async function pictures() {
    const videos = [...document.querySelectorAll('video')];
    return (await inbound('video')).flatMap((entry) => {
      const video = videos.find((item) => item.srcObject?.getVideoTracks()[0]?.id === entry.trackIdentifier);
      const mark = readMark(video);
      if (!mark) return [];
      const { frameHeight: lines, framesDecoded: frames, freezeCount: freezes, totalFreezesDuration: frozen } = entry;
      return [{ school: mark.school, seat: mark.seat, lines: lines ?? 0, frames: frames ?? 0, freezes: freezes ?? 0, frozen: frozen ?? 0, sharpness: mark.seat === slidesSeat ? sharpness(video) : 0 }];
    });
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

  /** Pictures that go out, by encoding, in short words for messages. */
  async function sent() {
    const reports = await Promise.all(peers.filter((peer) => peer.connectionState === 'connected').map((peer) => peer.getStats()));
    const entries = reports.flatMap((report) => [...report.values()]).filter((entry) => entry.type === 'outbound-rtp' && entry.kind === 'video');
    return entries.map((entry) => `${entry.mid}/${entry.rid ?? '-'}: ${entry.active ? 'on' : 'off'}, ${entry.frameHeight ?? '-'} lines, ${entry.framesPerSecond ?? 0}/s, ${Math.round((entry.targetBitrate ?? 0) / 1000)} kbit/s, limited by ${entry.qualityLimitationReason}`).join('; ');
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

  /** How late this browser's pictures and sound are, in milliseconds, at most, nine times out of ten: what it lacks of processor no server can mend. */
  function lateness() {
    const ninth = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? 0;
    return Math.max(ninth(pictureLags), soundLags.length ? ninth(soundLags) - Math.min(...soundLags) : 0);
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
