#!/usr/bin/env python3
"""Writes docs/performance.md to standard output from the files of one `make bench`:   report.py FOLDER"""
import datetime
import json
import os
import platform
import re
import statistics
import sys

folder = sys.argv[1]


def name(scenario):
    if scenario[0] == "s":
        return f"1 → {scenario[1:]}"
    return f"{scenario[1:]} rooms of 1 → 10" if scenario[0] == "r" else f"{scenario[1:]}, all to all"


def load():
    rows = {}
    with open(os.path.join(folder, "sfu.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            run = json.loads(line)
            peer, scenario = run["label"].split(None, 1)
            rows.setdefault(scenario, {}).setdefault(peer, []).append(run)
    return rows


def median(runs, key):
    return statistics.median(run.get(key, 0) for run in runs)


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def text(name):
    path = os.path.join(folder, name)
    return open(path, encoding="utf-8").read().rstrip() if os.path.exists(path) else "not measured"


def catalogue():
    lines = [line.removeprefix("catalogue: ").split(" | ") for line in text("catalogue.txt").splitlines() if line.startswith("catalogue: ")]
    if not lines:
        return "not measured"
    return "\n".join(["| database | courses | what | measured |", "| --- | ---: | --- | ---: |"] + [f"| {' | '.join(cells)} |" for cells in lines])


def forwarding(rows, others):
    print(f"| scenario | classroom µs/packet | (least–most) | {' | '.join(f'{peer} µs/packet' for peer in others)} | ratio to the best | "
          f"user ns/packet, classroom | lost % | delay p50 / p99 ms, classroom | {' | '.join(others)} |")
    print("| --- |" + " ---: |" * (6 + 2 * len(others)))
    for scenario, peers in rows.items():
        ours = peers.get("classroom")
        costs = {peer: median(peers[peer], "us_pkt") for peer in others if peer in peers}
        if not ours or not costs:
            continue
        cost = median(ours, "us_pkt")
        spread = [run["us_pkt"] for run in ours]
        user = cost * median(ours, "user_pct") / max(median(ours, "cpu_pct"), 0.01) * 1000
        broken = sum(run["join_fail"] + run["silent"] + run["auth_fail"] for run in ours)
        print(f"| {name(scenario)} | {cost:.2f} | {min(spread):.2f}–{max(spread):.2f} | "
              f"{' | '.join(f'{costs[peer]:.2f}' if peer in costs else '–' for peer in others)} | **{cost / min(costs.values()):.2f}** | {user:.0f} | "
              f"{median(ours, 'loss_pct'):.2f}{' (!)' if broken else ''} | {delays(ours)} | "
              f"{' | '.join(delays(peers[peer]) if peer in peers else '–' for peer in others)} |")


def delays(runs):
    return f"{median(runs, 'delay_p50_us') / 1000:.2f} / {median(runs, 'delay_p99_us') / 1000:.1f}"


def growth(rows):
    """Our own cost by size: one room of more and more viewers, and more and more rooms of ten."""
    print("| scenario | viewers | packets/s sent | server, % of a core | µs/packet | KB per subscriber | lost % | delay p50 / p99 ms |")
    print("| --- |" + " ---: |" * 7)
    sizes = sorted((s for s in rows if re.fullmatch(r"[sr]\d+", s) and "classroom" in rows[s]), key=lambda s: (s[0] == "r", int(s[1:])))
    for scenario in sizes:
        ours = rows[scenario]["classroom"]
        viewers = int(scenario[1:]) * (10 if scenario[0] == "r" else 1)
        print(f"| {name(scenario)} | {viewers} | {median(ours, 'pkts_fwd_s'):,.0f} | {median(ours, 'cpu_pct'):.1f} | {median(ours, 'us_pkt'):.2f} | "
              f"{median(ours, 'rss_kb_sub'):.0f} | {median(ours, 'loss_pct'):.2f} | {delays(ours)} |")


def floor_of_mix():
    """Kernel and cipher for the mix of packets that the bench sends, in µs per packet; None when it was not measured."""
    found = re.findall(r"(?m)^the .*bench's mix.*?([0-9.]+) us/packet$", text("floor.txt"))
    return [float(value) for value in found] if len(found) == 2 else None


def joins(rows, others):
    print("| scenario | first packet p50 / p95 ms | first key frame p50 / p95 ms | CPU ms per join | RSS idle → peak MB | KB per subscriber | "
          f"{' | '.join(f'{peer}: first packet p95, first key frame p50 ms | its RSS peak MB' for peer in others)} |")
    print("| --- |" + " ---: |" * (5 + 2 * len(others)))
    for scenario, peers in rows.items():
        ours = peers.get("classroom")
        if not ours:
            continue
        theirs = " | ".join(
            f"{median(peers[peer], 'join_p95_ms'):.0f}, {median(peers[peer], 'join_key_p50_ms'):.0f} | {median(peers[peer], 'rss_peak_mb'):.0f}" if peer in peers else "– | –"
            for peer in others)
        print(f"| {name(scenario)} | {median(ours, 'join_p50_ms'):.0f} / {median(ours, 'join_p95_ms'):.0f} | "
              f"{median(ours, 'join_key_p50_ms'):.0f} / {median(ours, 'join_key_p95_ms'):.0f} | {median(ours, 'join_cpu_ms'):.1f} | "
              f"{median(ours, 'rss_idle_mb'):.0f} → {median(ours, 'rss_peak_mb'):.0f} | {median(ours, 'rss_kb_sub'):.0f} | {theirs} |")


rows = load()
compared = {scenario: peers for scenario, peers in rows.items() if len(peers) > 1}
others = sorted({peer for peers in rows.values() for peer in peers} - {"classroom"}, reverse=True)
runs = [run for peers in rows.values() for group in peers.values() for run in group]
per_group = max(len(group) for peers in rows.values() for group in peers.values())
print(f"""# Performance

Made by `make bench` on {datetime.date.today().isoformat()}: {processor()}, {os.cpu_count()} cores, kernel {platform.release()}. Medians of {per_group} interleaved runs;
other programs took {statistics.median(run['foreign_pct'] for run in runs):.0f} % of one core (median over the runs). Absolute figures belong to this machine: compare the ratios.

## A forwarded packet

One publisher (VP8 of 1.5 Mbit/s and Opus, 208 packets a second) to N subscribers; server on core 0, clients on core 1,
AEAD_AES_128_GCM. CPU time of the server process by RTP packet that reached a client. `pionfwd` is the plain forwarder on
Pion (`tests/Benchmarks/sfu/pionfwd`), `janus` is Debian's package. The aims are a ratio of at most 0.4 at 50 and 100, and of a
third at 100 and 200. How it is measured: `tests/Benchmarks/sfu/README.md`.
""")
forwarding(compared, others)
print("""
## How it grows

The server alone: one room of more viewers, and more rooms of ten.
""")
growth(rows)
print("""
## A join, and memory

From the first byte of the WHEP request to the first RTP packet and to the first packet of a key frame, four joins at a time;
the aim is a first frame within 300 ms. Memory is resident memory of the whole process.
""")
joins(compared, others)
mix = floor_of_mix()
weighted = "" if mix is None else f"""
For the mix of packets of these measurements that is {mix[0]:.2f} µs for the kernel and {mix[1]:.2f} µs for OpenSSL's cipher (ours is quicker: decision 9),
**{sum(mix):.2f} µs** together.
"""
print(f"""
## The floor

What the kernel and the cipher alone cost here for a packet of 1,216 bytes: no SFU on sockets goes below.

```
{text('floor.txt')}
```
{weighted}
## A lesson's hub

Pages of one lesson that do what real ones do (`tests/Benchmarks/Lesson/RoomActs.cs`): the teacher writes, pupils write and raise hands,
and everybody answers a question within two seconds. Server on core 0, all pages on core 1. The aim is that 99 of 100 are told within 150 ms.

{text('lesson.txt')}

## From the bell to the draft film

A lesson of 45 minutes and four seats of 720p H.264 (1.5 Mbit/s each, two schools whose clocks run apart by 400 ppm, 5 % of the packets lost and
sent again, another seat on the stage every 13 s), fed as packets with their timestamps, faster than real time
(`tests/Recorder.Tests/Lessons`). The aim is 60 s, and 40 ms between the seats; the two ways differ by 10 ms, which no receiver can know.

```
{text('bell.txt')}
```

## Films

A film of 150 s of 720p with a title card, beside one plain FFmpeg command that makes the same ladder, and again after a change of the title.
The aims are at most 1.1 of plain FFmpeg, and 10 % for the change.

```
{re.sub(r'(?m)[ ]+$', '', text('ladder.txt'))}
```

## The catalogue

Whole requests but HTTP, with the cards of their page, on made-up courses (`tests/Benchmarks/Catalogue`): a tree of 10,000 chapters and 25,000
points, 60 words of which the common ones are in a tenth of the titles, each looked up in the full-text index anew. The aims for p95 are
50 ms with 25,000 courses and 150 ms with a million.

{catalogue()}""")
