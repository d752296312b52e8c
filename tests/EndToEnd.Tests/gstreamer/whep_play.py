"""Plays by WHEP and counts what was decoded:   whep_play.py URL TOKEN SECONDS"""
from session import Gst, GstWebRTC, Session, arguments, say

VIDEO = "application/x-rtp,media=video,encoding-name=VP8,clock-rate=90000,payload=96"
AUDIO = "application/x-rtp,media=audio,encoding-name=OPUS,clock-rate=48000,payload=97"

decoded = {"video": 0, "audio": 0}
size = {}


def count(pad, _, kind):
    decoded[kind] += 1
    caps = pad.get_current_caps()
    if kind == "video" and caps and "width" not in size:
        size["width"] = caps.get_structure(0).get_value("width")
        size["height"] = caps.get_structure(0).get_value("height")
    return Gst.PadProbeReturn.OK


def on_raw(_, pad, pipeline):
    kind = "video" if pad.query_caps(None).to_string().startswith("video") else "audio"
    sink = Gst.ElementFactory.make("fakesink")
    sink.set_property("sync", False)
    pipeline.add(sink)
    sink.sync_state_with_parent()
    pad.add_probe(Gst.PadProbeType.BUFFER, count, kind)
    pad.link(sink.get_static_pad("sink"))


def on_rtp(_, pad, pipeline):
    if pad.direction != Gst.PadDirection.SRC:
        return
    decode = Gst.ElementFactory.make("decodebin")
    decode.connect("pad-added", on_raw, pipeline)
    pipeline.add(decode)
    decode.sync_state_with_parent()
    pad.link(decode.get_static_pad("sink"))


url, token, seconds = arguments()
pipeline = Gst.Pipeline.new()
webrtc = Gst.ElementFactory.make("webrtcbin", "rtc")
webrtc.set_property("bundle-policy", "max-bundle")
pipeline.add(webrtc)
webrtc.connect("pad-added", on_rtp, pipeline)
session = Session(url, token, pipeline)
for caps in (VIDEO, AUDIO):
    webrtc.emit("add-transceiver", GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY, Gst.Caps.from_string(caps))
session.run(seconds)
say(decoded=decoded, **size)
