import { recall, remember } from '@/api/ids';
import { seatName } from '@/i18n/common';

/** What a classroom's screen remembers of its set-up. */
export interface StationConfig {
  deviceToken: string;
  classroomId: string;
  classroomName: string;
  schoolName: string;
  /** Seats in the classroom's order; null: the screen is shared with a press in the lesson. */
  seats: SeatChoice[];
  microphoneId: string | null;
}

export interface SeatChoice {
  seat: string;
  cameraId: string | null;
}

const key = 'classroom.station';

export function stationConfig(): StationConfig | null {
  return recall<StationConfig>(key);
}

export function keepStation(config: StationConfig): void {
  remember(key, config);
}

export function dropStation(): void {
  remember(key, null);
}

/** An appliance's seats are not sent a second time, nor is the room's sound when appliances send all of them. */
export function withoutAppliances(config: StationConfig, sent: string[]): StationConfig {
  return { ...config, seats: config.seats.filter(({ seat }) => sent.includes(seat)), microphoneId: sent.length > 0 ? config.microphoneId : null };
}

/** Stands for "the screen, later" in the list of cameras. */
export const screenChoice = 'screen';

/** What capture devices for a computer's screen call themselves. */
const capturesScreen = /hdmi|capture|采集/i;

/** Cameras dealt to the seats whose names they carry, the rest in order, so that the usual set-up needs no choosing. */
export function proposeSeats(seats: string[], cameras: { id: string; label: string }[]): Record<string, string> {
  const free = [...cameras];
  const take = (isRight: (label: string) => boolean) => free.splice(free.findIndex(({ label }) => isRight(label)) >>> 0, 1)[0]?.id;
  const named = new Map(seats.map((seat) => [seat, take((label) => label.includes(seatName(seat)) || (seat === 'Courseware' && capturesScreen.test(label)))]));
  return Object.fromEntries(seats.map((seat) => [seat, named.get(seat) ?? (seat === 'Courseware' ? screenChoice : (free.shift()?.id ?? ''))]));
}

/** A camera put onto a seat; where it was before is free then. */
export function put(choice: Record<string, string>, seat: string, cameraId: string): Record<string, string> {
  const moved = Object.entries(choice).map(([other, id]) => [other, id === cameraId ? '' : id]);
  return { ...Object.fromEntries(moved), [seat]: cameraId };
}

/** A camera on two seats, which most drivers refuse. */
export function hasDouble(choice: Record<string, string>): boolean {
  const used = Object.values(choice).filter((id) => id !== '' && id !== screenChoice);
  return new Set(used).size < used.length;
}

/** What an empty tile says instead of being black without words: a text of the station's. */
export function emptyTileText(seat: string, cameraId: string): 'noSlides' | 'noSlidesYet' | 'noCamera' | 'waiting' {
  if (cameraId === screenChoice) return 'noSlidesYet';
  if (cameraId !== '') return 'waiting';
  return seat === 'Courseware' ? 'noSlides' : 'noCamera';
}
