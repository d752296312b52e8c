import { dayName, timeOfDay } from '@/app/format';
import type { LessonLayout, SelfTestResult, StationSelfTest } from '@/generated/contracts';
import { listed } from '@/i18n';
import { seatName } from '@/i18n/common';
import { picture } from '@/i18n/picture';
import { judge, needOf } from './need';

export type LampState = 'on' | 'warn' | 'danger' | 'off';

export interface Lamp {
  state: LampState;
  text: string;
}

/** A self-test says nothing of a room where somebody has moved a cable since. */
const staleMs = 24 * 3_600_000;

/** A station's self-test as lamps with words: cameras, microphone, link. Null: there is none. */
export function lampsOf(test: StationSelfTest | null | undefined, layout: LessonLayout = 'One'): { cameras: Lamp; microphone: Lamp; link: Lamp } | null {
  return test ? { cameras: camerasOf(test), microphone: microphoneOf(test), link: linkOf(test, layout) } : null;
}

export function worstOf(result: SelfTestResult | null): LampState {
  const lamps = lampsOf(result?.test);
  if (!lamps) return 'off';
  const states = Object.values(lamps).map((lamp) => lamp.state);
  return (['danger', 'warn'] as const).find((state) => states.includes(state)) ?? 'on';
}

/** When, and what was wrong: one line for a table. */
export function selfTestLine(result: SelfTestResult | null, now: number): string {
  const lamps = lampsOf(result?.test);
  if (!result || !lamps) return picture('neverTested');
  const faults = Object.values(lamps).filter((lamp) => lamp.state !== 'on').map((lamp) => lamp.text);
  return `${whenTested(result, now)} ${faults.length > 0 ? listed(faults) : picture('allGood')}`;
}

export function whenTested(result: SelfTestResult, now: number): string {
  const at = Date.parse(result.at);
  return now - at < staleMs ? timeOfDay(at) : dayName(result.at);
}

function camerasOf(test: StationSelfTest): Lamp {
  const named = (result: string) => listed(test.seats.filter((seat) => seat.result === result).map((seat) => seatName(seat.seat)));
  if (named('missing')) return { state: 'danger', text: picture('seatsMissing', { seats: named('missing') }) };
  if (named('still')) return { state: 'warn', text: picture('seatsStill', { seats: named('still') }) };
  return { state: 'on', text: picture('seatsGood') };
}

function microphoneOf(test: StationSelfTest): Lamp {
  if (test.microphone === 'ok') return { state: 'on', text: picture('micGood') };
  if (test.microphone === 'silent') return { state: 'warn', text: picture('micSilent') };
  return { state: 'danger', text: picture('micMissing') };
}

function linkOf(test: StationSelfTest, layout: LessonLayout): Lamp {
  if (!test.link) return { state: 'danger', text: picture('linkUnknown') };
  const { verdict } = judge(test.link, needOf({ ownSeats: test.seats.map((seat) => seat.seat), otherSeats: 1, otherRooms: 1, layout }));
  return { state: verdict === 'enough' ? 'on' : verdict === 'soundAndSlides' ? 'warn' : 'danger', text: picture(`link_${verdict}`) };
}
