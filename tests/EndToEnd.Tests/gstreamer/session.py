"""What a WHIP publisher and a WHEP player share: one webrtcbin, one HTTP exchange (RFC 9725), and lines of JSON on standard output."""
import json
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

Gst.init(None)


def say(**fields):
    print(json.dumps(fields), flush=True)


class Session:
    """Offers, waits for its own candidates, posts the offer, sets the answer; deletes its resource at the end."""

    def __init__(self, url, token, pipeline):
        self.url, self.token, self.pipeline = url, token, pipeline
        self.resource = None
        self.offered = False
        self.loop = GLib.MainLoop()
        self.webrtc = pipeline.get_by_name("rtc")
        self.webrtc.connect("on-negotiation-needed", lambda _: self._offer())
        self.webrtc.connect("notify::ice-gathering-state", lambda *_: self._gathered())
        self.webrtc.connect("notify::connection-state", lambda *_: say(state=self.webrtc.get_property("connection-state").value_nick))
        bus = pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", lambda _, message: self._fail(message.parse_error()[0].message))

    def run(self, seconds):
        GLib.timeout_add(int(seconds * 1000), self.loop.quit)
        self.pipeline.set_state(Gst.State.PLAYING)
        self.loop.run()
        self.pipeline.set_state(Gst.State.NULL)
        if self.resource:
            say(deleted=self._delete())

    def _fail(self, message):
        say(error=message)
        self.loop.quit()

    def _offer(self):
        self.webrtc.emit("create-offer", None, Gst.Promise.new_with_change_func(self._offer_made, None))

    def _offer_made(self, promise, _):
        # The reply owns the offer: it must outlive its use.
        reply = promise.get_reply()
        offer = reply.get_value("offer")
        self.webrtc.emit("set-local-description", offer, None)
        self._gathered()

    def _gathered(self):
        state = self.webrtc.get_property("ice-gathering-state")
        description = self.webrtc.get_property("local-description")
        if state == GstWebRTC.WebRTCICEGatheringState.COMPLETE and description is not None and not self.offered:
            self.offered = True
            threading.Thread(target=self._exchange, args=(description.sdp.as_text(),), daemon=True).start()

    def _exchange(self, offer):
        try:
            status, headers, body = self._request("POST", self.url, offer)
        except urllib.error.HTTPError as error:
            say(status=error.code, body=error.read().decode())
            GLib.idle_add(self.loop.quit)
            return
        self.resource = urllib.parse.urljoin(self.url, headers["Location"]) if headers["Location"] else None
        say(status=status, etag=headers["ETag"], location=headers["Location"])
        _, message = GstSdp.SDPMessage.new_from_text(body)
        answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.webrtc.emit("set-remote-description", answer, None)

    def _delete(self):
        try:
            return self._request("DELETE", self.resource, None)[0]
        except urllib.error.HTTPError as error:
            return error.code

    def _request(self, method, url, body):
        request = urllib.request.Request(url, method=method, data=body.encode() if body else None)
        request.add_header("Authorization", f"Bearer {self.token}")
        if body:
            request.add_header("Content-Type", "application/sdp")
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, reply.headers, reply.read().decode()


def arguments():
    """URL TOKEN SECONDS"""
    return sys.argv[1], sys.argv[2], float(sys.argv[3])
