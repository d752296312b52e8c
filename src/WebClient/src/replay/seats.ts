import type { RecordingTrackInfo } from '../generated/contracts';

/** One seat of a lesson across its interruptions: several tracks, one place on the page. */
export interface ReplaySeat {
  ref: string;
  schoolName: string;
  /** Whose picture it is: the school's, or the person's who sent it from outside a classroom. */
  owner: string;
  group: string;
  classroomId: string | null;
  /** In order of time. */
  tracks: RecordingTrackInfo[];
  hasVideo: boolean;
  hasAudio: boolean;
}

/** The order seats are looked for in: what a viewer wants to see first. */
const groupOrder = ['TeacherCloseUp', 'Surface', 'Courseware', 'Board', 'TeacherPanorama', 'StudentPanorama', 'StudentCloseUp'];

/**
 * Puts the tracks of a recording together by seat, what is seen first before the rest.
 * @param names of the participants.
 * @param hostFirst the schools of the lesson, the host's first; others follow in order of first appearance.
 */
export function seatsOf(tracks: readonly RecordingTrackInfo[], names: ReadonlyMap<string, string> = new Map(), hostFirst: readonly string[] = []): ReplaySeat[] {
  const seats = new Map<string, ReplaySeat>();
  const schools = [...hostFirst];
  for (const track of [...tracks].sort((a, b) => a.startMs - b.startMs)) {
    const seat = seats.get(track.seatRef) ?? emptySeat(track, names);
    seat.tracks.push(track);
    seat.hasVideo ||= track.videoCodec !== null;
    seat.hasAudio ||= track.hasAudio;
    seats.set(track.seatRef, seat);
    if (!schools.includes(track.schoolName)) {
      schools.push(track.schoolName);
    }
  }
  return [...seats.values()].sort(
    (a, b) => rank(a.group) - rank(b.group) || schools.indexOf(a.schoolName) - schools.indexOf(b.schoolName));
}

/** Cameras need a moment to start and a pause ends when its reason does: shorter holes are not worth words. */
const shortestGapMs = 2000;

/** When the first picture is there, in milliseconds: a class is often live before its cameras are. 0 when that is hardly noticed. */
export function firstPictureMs(tracks: readonly RecordingTrackInfo[]): number {
  const starts = tracks.filter((track) => track.videoCodec !== null).map((track) => track.startMs);
  const first = starts.length > 0 ? Math.min(...starts) : 0;
  return first > shortestGapMs ? first : 0;
}

/** Whether a seat has nothing to show around a time of the lesson. */
export function isGapAt(seat: ReplaySeat, ms: number): boolean {
  return !seat.tracks.some((track) => ms >= track.startMs - shortestGapMs && ms < track.startMs + track.durationMs + shortestGapMs);
}

/** The track that holds a time of the lesson; null in a gap. */
export function trackAt(seat: ReplaySeat, ms: number): RecordingTrackInfo | null {
  return seat.tracks.find((track) => ms >= track.startMs && ms < track.startMs + track.durationMs) ?? null;
}

function emptySeat(track: RecordingTrackInfo, names: ReadonlyMap<string, string>): ReplaySeat {
  return {
    ref: track.seatRef, schoolName: track.schoolName, owner: track.schoolName || (names.get(track.participantId) ?? ''), group: track.group, classroomId: track.classroomId,
    tracks: [], hasVideo: false, hasAudio: false,
  };
}

function rank(group: string): number {
  const at = groupOrder.indexOf(group);
  return at < 0 ? groupOrder.length : at;
}
