import { describe, expect, it } from 'vitest';
import { apply, emptyLesson, type LiveLesson } from '../state';
import { mayShowVideo, placed, placesOf, sharedPlaces } from './places';

/** A teacher's school with three seats and a far one with two. */
function lessonOf(...more: [kind: string, body: object][]): LiveLesson {
  const lesson = emptyLesson();
  const events: [string, object][] = [
    ['join', { participantId: 'near', name: '星海', role: 'Station', classroomId: 'r1' }],
    ['join', { participantId: 'far', name: '松桃', role: 'Station', classroomId: 'r2' }],
    ...['TeacherCloseUp', 'StudentPanorama', 'Courseware'].map((group): [string, object] => ['publish', { publicationId: `near-${group}`, participantId: 'near', classroomId: 'r1', group, kind: 'Video', codec: 'H264' }]),
    ...['TeacherPanorama', 'StudentPanorama'].map((group): [string, object] => ['publish', { publicationId: `far-${group}`, participantId: 'far', classroomId: 'r2', group, kind: 'Video', codec: 'H264' }]),
    ...more,
  ];
  events.forEach(([kind, body], index) => apply(lesson, { seq: index + 1, at: 0, who: 'server', kind, body }));
  return lesson;
}

const ids = (lesson: LiveLesson) => sharedPlaces(lesson).map((seat) => seat.video);
const settings = { layout: 'One', stage: 'Teacher', chat: 'Everyone', studentsMayDraw: true, studentsMaySpeak: true, tabletVideo: 'Auto' };

describe('places', () => {
  it('show the other side while nobody is on stage, and the stage to everyone', () => {
    expect(placesOf(lessonOf(), { participantId: 'far', classroomId: 'r2' })[0]?.video).toBe('near-TeacherCloseUp');
    expect(placesOf(lessonOf(), { participantId: 'near', classroomId: 'r1' })[0]?.video).toBe('far-TeacherPanorama');
  });

  it('are the same on every screen in a layout of several pictures', () => {
    const lesson = lessonOf(['layout', { layout: 'SideBySide', beside: [] }]);
    const [near, far] = [{ participantId: 'near', classroomId: 'r1' }, { participantId: 'far', classroomId: 'r2' }].map((own) => placesOf(lesson, own));
    expect(near).toEqual(far);
    expect(ids(lesson)).toEqual(['near-TeacherCloseUp', 'far-TeacherPanorama']);
  });

  it('begin with the host, whoever was first', () => {
    const lesson = lessonOf(['layout', { layout: 'SideBySide', beside: [] }]);
    lesson.picture.hostRoom = 'r2';
    expect(ids(lesson)).toEqual(['far-TeacherPanorama', 'near-TeacherCloseUp']);
  });

  it('put slides large with the teacher small', () => {
    expect(ids(lessonOf(['layout', { layout: 'PictureInPicture', beside: [{ participantId: 'near', group: 'TeacherCloseUp' }] }]))).toEqual(['near-Courseware', 'near-TeacherCloseUp']);
  });

  it('keep chosen seats, and fill the place of one that is gone', () => {
    const chosen: [string, object][] = [
      ['layout', { layout: 'ThreeWay', beside: [{ participantId: 'near', group: 'Courseware' }, { participantId: 'far', group: 'StudentPanorama' }] }],
      ['stage', { participantId: 'near', group: 'TeacherCloseUp' }],
    ];
    expect(ids(lessonOf(...chosen))).toEqual(['near-TeacherCloseUp', 'near-Courseware', 'far-StudentPanorama']);
    expect(ids(lessonOf(...chosen, ['unpublish', { publicationId: 'near-Courseware' }]))).toEqual(['near-TeacherCloseUp', 'far-TeacherPanorama', 'far-StudentPanorama']);
  });

  it('show every seat once in the grid', () => {
    const all = ids(lessonOf(['layout', { layout: 'Grid', beside: [] }]));
    expect(new Set(all).size).toBe(5);
    expect(all).toHaveLength(5);
  });

  it('change over when a seat moves to another place', () => {
    const lesson = lessonOf(['layout', { layout: 'SideBySide', beside: [] }]);
    const moved = placed(sharedPlaces(lesson), 'SideBySide', 0, { participantId: 'far', group: 'TeacherPanorama' });
    expect(moved).toEqual({ layout: 'SideBySide', stage: { participantId: 'far', group: 'TeacherPanorama' }, beside: [{ participantId: 'near', group: 'TeacherCloseUp' }] });
  });
});

describe('the folds of pictures', () => {
  it('take the layout of the settings first, and keep the one that was chosen when other settings change', () => {
    const lesson = lessonOf(['settings', { ...settings, layout: 'Grid' }], ['layout', { layout: 'One', beside: [] }], ['settings', { ...settings, layout: 'Grid', chat: 'Off' }]);
    expect(lesson.picture.layout).toBe('One');
    expect(lesson.picture.settings.chat).toBe('Off');
  });

  it('keep the last word of every line', () => {
    const weak = { classroomId: 'r2', reason: 'OwnLine', isUp: false, isOverloaded: false, smaller: ['Board'], off: [] };
    const lesson = lessonOf(['line', weak], ['line', { ...weak, reason: null, smaller: [] }]);
    expect(lesson.picture.lines.r2).toEqual({ reason: null, isUp: false, isOverloaded: false, smaller: [], off: [] });
  });
});

it.each([
  ['Off', 'r1', [], false],
  ['On', 'r1', ['r1'], true],
  ['Auto', 'r1', ['r1'], false],
  ['Auto', 'r1', ['r2'], true],
  ['Auto', null, ['r1'], true],
] as const)('shows video on tablets: %s in room %s, closed %s → %s', (tabletVideo, classroomId, closed, may) => {
  const lesson = lessonOf(['settings', { ...settings, tabletVideo }], ['budget', { closed }]);
  expect(mayShowVideo(lesson, { participantId: 'tablet', classroomId })).toBe(may);
});
