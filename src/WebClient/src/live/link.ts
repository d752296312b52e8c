import type { LinkReport } from '@/generated/contracts';

interface Totals {
  at: number;
  received: number;
  lost: number;
  bytesDown: number;
  bytesUp: number;
  isOverloaded: boolean;
}

/** Holds the totals of the measurement before. */
export interface LinkMeter {
  previous: Totals | null;
}

/** The page's own link over the time since the last measurement. */
export async function measureLink(connections: (RTCPeerConnection | null)[], meter: LinkMeter): Promise<LinkReport> {
  const totals: Totals = { at: performance.now(), received: 0, lost: 0, bytesDown: 0, bytesUp: 0, isOverloaded: false };
  let roundTrip = 0;
  for (const connection of connections) {
    if (!connection) continue;
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type === 'inbound-rtp') {
        totals.received += entry.packetsReceived ?? 0;
        totals.lost += Math.max(0, entry.packetsLost ?? 0);
        totals.bytesDown += entry.bytesReceived ?? 0;
      } else if (entry.type === 'outbound-rtp') {
        totals.bytesUp += entry.bytesSent ?? 0;
        // Only Chromium says it; elsewhere what is missing is put down to the line.
        totals.isOverloaded ||= entry.qualityLimitationReason === 'cpu' && entry.active !== false;
      } else if (entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded') {
        roundTrip = Math.max(roundTrip, (entry.currentRoundTripTime ?? 0) * 1000);
      }
    }
  }
  const report = difference(meter.previous, totals, roundTrip);
  meter.previous = totals;
  return report;
}

export function difference(before: Totals | null, now: Totals, roundTripMs: number): LinkReport {
  // A new connection counts from zero again: its first report has no differences.
  const isFresh = !before || now.received < before.received || now.bytesUp < before.bytesUp;
  const seconds = isFresh ? 1 : Math.max(0.1, (now.at - before.at) / 1000);
  const lost = isFresh ? 0 : Math.max(0, now.lost - before.lost);
  const received = isFresh ? 0 : now.received - before.received;
  return {
    lossPercent: round(lost + received > 0 ? (100 * lost) / (lost + received) : 0),
    roundTripMs: round(roundTripMs),
    downKbps: round(isFresh ? 0 : ((now.bytesDown - before.bytesDown) * 8) / 1000 / seconds),
    upKbps: round(isFresh ? 0 : ((now.bytesUp - before.bytesUp) * 8) / 1000 / seconds),
    isOverloaded: now.isOverloaded,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
