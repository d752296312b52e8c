import type { LessonLayout, LinkMeasurement } from '@/generated/contracts';
import { placeCount } from './layouts';

/** Kilobits per second, with headers. */
const voiceKbps = 40;
const cameraKbps = 1_800;
const slidesKbps = 1_500;
const smallKbps = 150;
const mediumKbps = 500;
/** The least at which a far face is of use. */
const leastPictureKbps = 150;
/** A line is never all there: other programs, other people. */
const margin = 1.2;

export interface Need {
  downKbps: number;
  upKbps: number;
  /** Voices and slides only. */
  leastDownKbps: number;
  leastUpKbps: number;
}

export interface LessonShape {
  /** Seats that this place sends, by name. */
  ownSeats: string[];
  /** Seats of the others that are shown small beside the stage: on the console, all of them. */
  otherSeats: number;
  otherRooms: number;
  layout: LessonLayout;
}

/** What a lesson takes of a line: the seats that are sent, the layout that is shown, and every other room's voice. */
export function needOf({ ownSeats, otherSeats, otherRooms, layout }: LessonShape): Need {
  const isSlides = (seat: string) => seat === 'Courseware' || seat === 'screen' || seat === 'Board';
  const slides = ownSeats.filter(isSlides).length;
  const cameras = ownSeats.length - slides;
  const large = layout === 'One' || layout === 'PictureInPicture' ? cameraKbps : mediumKbps * 2;
  const beside = Math.min(placeCount[layout] - 1, Math.max(0, otherSeats - 1));
  const tiles = Math.max(0, otherSeats - 1 - beside);
  const voices = voiceKbps * Math.max(1, otherRooms);
  return {
    downKbps: voices + (otherSeats > 0 ? large : 0) + beside * mediumKbps + tiles * smallKbps,
    upKbps: voiceKbps + cameras * cameraKbps + slides * slidesKbps,
    leastDownKbps: voices + slidesKbps / 3 + (otherSeats > 0 ? leastPictureKbps : 0),
    leastUpKbps: voiceKbps + (slides > 0 ? slidesKbps / 3 : 0) + (cameras > 0 ? leastPictureKbps : 0),
  };
}

export type Verdict = 'enough' | 'soundAndSlides' | 'notEnough';
export type Reason = 'down' | 'up' | 'delay' | 'loss';

const longDelayMs = 300;
const hopelessDelayMs = 1_000;
const muchLoss = 5;
const hopelessLoss = 25;

/** Whether a line is enough for that, and what is short. */
export function judge(link: LinkMeasurement, need: Need): { verdict: Verdict; reasons: Reason[] } {
  const loss = link.lossPercent ?? 0;
  const hopeless = reasons(link.downKbps < need.leastDownKbps, link.upKbps < need.leastUpKbps, link.delayMs > hopelessDelayMs, loss > hopelessLoss);
  if (hopeless.length > 0) return { verdict: 'notEnough', reasons: hopeless };
  const short = reasons(link.downKbps < need.downKbps * margin, link.upKbps < need.upKbps * margin, link.delayMs > longDelayMs, loss > muchLoss);
  return { verdict: short.length > 0 ? 'soundAndSlides' : 'enough', reasons: short };
}

function reasons(down: boolean, up: boolean, delay: boolean, loss: boolean): Reason[] {
  return ([['down', down], ['up', up], ['delay', delay], ['loss', loss]] as const).filter(([, holds]) => holds).map(([reason]) => reason);
}
