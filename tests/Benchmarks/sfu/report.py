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
NAMES = {"s10": "1 → 10", "s50": "1 → 50", "s100": "1 → 100", "s200": "1 → 200", "r10": "10 rooms of 1 → 10", "a6": "6, all to all"}


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
        print(f"| {NAMES.get(scenario, scenario)} | {cost:.2f} | {min(spread):.2f}–{max(spread):.2f} | "
              f"{' | '.join(f'{costs[peer]:.2f}' if peer in costs else '–' for peer in others)} | **{cost / min(costs.values()):.2f}** | {user:.0f} | "
              f"{median(ours, 'loss_pct'):.2f}{' (!)' if broken else ''} | {delays(ours)} | "
              f"{' | '.join(delays(peers[peer]) if peer in peers else '–' for peer in others)} |")


def delays(runs):
    return f"{median(runs, 'delay_p50_us') / 1000:.2f} / {median(runs, 'delay_p99_us') / 1000:.1f}"


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
        print(f"| {NAMES.get(scenario, scenario)} | {median(ours, 'join_p50_ms'):.0f} / {median(ours, 'join_p95_ms'):.0f} | "
              f"{median(ours, 'join_key_p50_ms'):.0f} / {median(ours, 'join_key_p95_ms'):.0f} | {median(ours, 'join_cpu_ms'):.1f} | "
              f"{median(ours, 'rss_idle_mb'):.0f} → {median(ours, 'rss_peak_mb'):.0f} | {median(ours, 'rss_kb_sub'):.0f} | {theirs} |")


rows = load()
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
forwarding(rows, others)
print("""
## A join, and memory

From the first byte of the WHEP request to the first RTP packet and to the first packet of a key frame, four joins at a time;
the aim is a first frame within 300 ms. Memory is resident memory of the whole process.
""")
joins(rows, others)
print(f"""
## The floor

What the kernel and the cipher alone cost here for a packet of 1,216 bytes: no SFU on sockets goes below.

```
{text('floor.txt')}
```

## Films

Speed of the FFmpeg ladder as a multiple of real time.

```
{re.sub(r'(?m)[ ]+$', '', text('ladder.txt'))}
```""")
