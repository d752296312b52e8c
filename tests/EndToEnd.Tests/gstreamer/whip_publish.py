"""Publishes a test picture (VP8) and a tone (Opus) by WHIP:   whip_publish.py URL TOKEN SECONDS"""
from session import Gst, Session, arguments

PIPELINE = """
webrtcbin name=rtc bundle-policy=max-bundle
videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=180,framerate=15/1 ! queue ! vp8enc deadline=1 keyframe-max-dist=30 target-bitrate=300000 !
  rtpvp8pay pt=96 ! application/x-rtp,media=video,encoding-name=VP8,payload=96 ! rtc.
audiotestsrc is-live=true freq=600 ! audio/x-raw,rate=48000,channels=2 ! queue ! opusenc ! rtpopuspay pt=97 ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! rtc.
"""

url, token, seconds = arguments()
pipeline = Gst.parse_launch(PIPELINE)
session = Session(url, token, pipeline)
for index in range(2):
    session.webrtc.emit("get-transceiver", index).set_property("direction", 2)  # sendonly
session.run(seconds)
