// Generated from the C# contracts by `make contracts`. Do not edit.

export interface AccountEdit {
  userName: string;
  displayName: string;
  role: AccountRole;
  schoolId: string | null;
  regionId: string | null;
  subject: string | null;
  isDisabled: boolean;
  password: string | null;
}

export type AccountRole = 'Teacher' | 'Student' | 'Editor' | 'Reviewer' | 'Technician' | 'Supervisor' | 'Administrator';

export interface AccountRow {
  id: string;
  userName: string;
  displayName: string;
  role: AccountRole;
  schoolId: string | null;
  regionId: string | null;
  subject: string | null;
  isDisabled: boolean;
}

export interface Ack {
  seq: number;
}

export interface ApiError {
  code: string;
  message: string;
  traceId: string | null;
  fields: FieldError[] | null;
}

export interface ChapterInfo {
  atMs: number;
  title: string;
}

export interface ClashWarning {
  what: string;
  name: string;
  lessonId: string;
  lessonTitle: string;
}

export interface ClassRow {
  id: string;
  schoolId: string;
  name: string;
  pupilCount: number;
}

export interface ClassroomLamp {
  classroomId: string;
  classroomName: string;
  schoolName: string;
  schoolShortName: string;
  isHost: boolean;
  online: boolean;
}

export interface ClassroomRow {
  id: string;
  schoolId: string;
  schoolName: string;
  name: string;
  seats: string[];
}

export interface CourseCard {
  id: string;
  title: string;
  teacherName: string;
  schoolName: string;
  type: CourseType;
  state: CourseState;
  durationMs: number;
  coverUrl: string | null;
  nodePath: string | null;
  points: PointRef[];
  publishedAt: string | null;
  plays: number;
}

export interface CourseCreate {
  lessonId: string;
  inMs: number;
  outMs: number;
  seatRef: string | null;
}

export interface CourseDraft {
  id: string;
  lessonId: string | null;
  title: string;
  description: string;
  type: CourseType;
  state: CourseState;
  editVersion: number;
  edit: EditList;
  nodeId: string | null;
  nodePath: string | null;
  points: PointRef[];
  chapters: ChapterInfo[];
  jobId: string | null;
  reviews: ReviewInfo[];
}

export interface CourseMoved {
  state: CourseState;
}

export interface CoursePage {
  cards: CourseCard[];
  total: number;
  page: number;
  pageSize: number;
}

export interface CoursePlay {
  card: CourseCard;
  description: string;
  mediaBase: string;
  expiresInSeconds: number;
  hls: string;
  mp4: string;
  cover: string;
  storyboard: string;
  chapters: ChapterInfo[];
  nextInChapter: CourseCard[];
}

export interface CourseQuery {
  text: string | null;
  nodeId: string | null;
  pointId: string | null;
  schoolId: string | null;
  type: CourseType | null;
  page: number;
}

export interface CourseSave {
  editVersion: number;
  title: string;
  description: string;
  type: CourseType;
  edit: EditList;
  nodeId: string | null;
  pointIds: string[];
  chapters: ChapterInfo[];
}

export type CourseState = 'Draft' | 'Rendering' | 'Failed' | 'Ready' | 'InReview' | 'Returned' | 'Published' | 'Withdrawn';

export type CourseType = 'Subject' | 'Experiment' | 'Review' | 'Special';

export interface EditClip {
  inMs: number;
  outMs: number;
  layout: EditLayout;
  seats: string[];
}

export type EditLayout = 'Single' | 'SideBySide' | 'PictureInPicture';

export interface EditList {
  clips: EditClip[];
  durationMs: number;
}

export interface EventDto {
  seq: number;
  at: number;
  who: string;
  kind: string;
  body: any;
}

export interface FieldError {
  field: string;
  message: string;
  code: string;
}

export interface IClassroomClient {
  Events(events: EventDto[]): Promise<void>;
  SubscribeOffer(revision: number, sdp: string, tracks: Record<string, string>): Promise<void>;
  TransportState(kind: string, state: string): Promise<void>;
  LayersWanted(mid: string, rids: string[]): Promise<void>;
  Limits(reasons: Record<string, string>): Promise<void>;
  Closed(code: string): Promise<void>;
}

export interface IClassroomHub {
  Join(request: JoinRequest): Promise<JoinReply>;
  Publish(request: PublishRequest): Promise<PublishReply>;
  Unpublish(group: string): Promise<void>;
  Subscribe(publicationIds: string[]): Promise<void>;
  SubscribeAnswer(revision: number, sdp: string): Promise<void>;
  RestartSubscribe(): Promise<void>;
  ShowPictures(lines: Record<string, number>): Promise<void>;
  StartLesson(key: string): Promise<Ack>;
  ExtendLesson(key: string, minutes: number): Promise<Ack>;
  EndLesson(key: string): Promise<Ack>;
  Stage(key: string, target: StageTarget | null): Promise<Ack>;
  RaiseHand(key: string, up: boolean, participantId: string | null): Promise<Ack>;
  Chat(key: string, text: string): Promise<Ack>;
  Mark(key: string, knowledgePointId: string | null, label: string): Promise<Ack>;
  Confused(key: string): Promise<Ack>;
  Mute(key: string, participantId: string, muted: boolean): Promise<Ack>;
  Remove(key: string, participantId: string): Promise<Ack>;
  LockDoor(key: string, locked: boolean): Promise<Ack>;
  AdmitUnknownNames(key: string, admit: boolean): Promise<Ack>;
  Admit(key: string, participantId: string, admit: boolean): Promise<Ack>;
  ExpirePin(key: string, makeNew: boolean): Promise<Ack>;
  PauseRecording(key: string, reason: string): Promise<Ack>;
  ResumeRecording(key: string): Promise<Ack>;
  ReportLink(report: LinkReport): Promise<LinkReport>;
}

export interface IceServer {
  urls: string[];
  username: string | null;
  credential: string | null;
}

export interface ImportProblem {
  line: number;
  message: string;
  code: string;
  value: string | null;
}

export interface ImportReport {
  applied: boolean;
  added: number;
  changed: number;
  removed: number;
  problems: ImportProblem[];
}

export interface JobInfo {
  id: string;
  kind: string;
  subjectId: string;
  state: JobState;
  progress: number;
  secondsLeft: number | null;
  step: string | null;
  error: string | null;
  attempts: number;
}

export type JobState = 'Queued' | 'Running' | 'Done' | 'Failed' | 'Cancelled';

export interface JoinByPin {
  pin: string;
  name: string;
}

export interface JoinCode {
  pin: string;
  url: string;
  qrSvg: string;
  expiresAt: string | null;
}

export interface JoinReply {
  participantId: string;
  resumeToken: string;
  role: LessonRole;
  name: string;
  classroomId: string | null;
  waiting: boolean;
  lesson: LessonInfo;
  events: EventDto[];
  serverNow: number;
  iceServers: IceServer[];
}

export interface JoinRequest {
  resumeToken: string | null;
  lastSeq: number;
  name: string | null;
}

export interface JoinTicket {
  token: string;
  lessonId: string;
  title: string;
  role: LessonRole;
}

export interface KnowledgePointInfo {
  id: string;
  name: string;
}

export interface LessonCard {
  id: string;
  title: string;
  subject: string;
  grade: string;
  kind: RoomKind;
  state: LessonState;
  plannedStart: string;
  plannedEnd: string;
  teacherName: string;
  classrooms: ClassroomLamp[];
  phase: string;
  recordingState: string | null;
}

export interface LessonClassroomInfo {
  classroomId: string;
  classroomName: string;
  schoolId: string;
  schoolName: string;
  schoolShortName: string;
  isHost: boolean;
  seats: string[];
}

export type LessonCodec = 'H264' | 'Vp8';

export interface LessonDetail {
  card: LessonCard;
  plan: LessonPlan;
  pin: string | null;
  joinUrl: string | null;
  clashes: ClashWarning[];
}

export interface LessonInfo {
  id: string;
  title: string;
  subject: string;
  grade: string;
  kind: string;
  codec: string;
  state: string;
  plannedStart: number;
  plannedEnd: number;
  startedAt: number | null;
  teacherName: string;
  classrooms: LessonClassroomInfo[];
  knowledgePoints: KnowledgePointInfo[];
  pin: string | null;
  isAlwaysOpen: boolean;
}

export interface LessonPlan {
  title: string;
  subject: string;
  grade: string;
  kind: RoomKind;
  codec: LessonCodec;
  plannedStart: string;
  plannedEnd: string;
  teacherAccountId: string | null;
  pairId: string | null;
  chapterNodeId: string | null;
  classrooms: PlannedClassroom[];
  admitsUnknownNames: boolean;
}

export type LessonRole = 'Teacher' | 'Station' | 'Student' | 'Observer' | 'Publisher' | 'Viewer';

export type LessonState = 'Planned' | 'Open' | 'Live' | 'Ended' | 'Cancelled';

export interface LinkReport {
  lossPercent: number;
  roundTripMs: number;
  downKbps: number;
  upKbps: number;
}

export interface LobbyInfo {
  lessonId: string;
  title: string;
  teacherName: string;
  schools: string[];
}

export interface Me {
  accountId: string;
  userName: string;
  displayName: string;
  role: AccountRole;
  schoolId: string | null;
  schoolName: string | null;
  mustChangePassword: boolean;
  timeZone: string;
}

export type NodeKind = 'Stage' | 'Grade' | 'Subject' | 'Edition' | 'Volume' | 'Unit' | 'Section';

export interface PairRow {
  id: string;
  name: string;
  schoolIds: string[];
}

export interface PasswordChange {
  current: string;
  next: string;
}

export interface PlannedClassroom {
  classroomId: string;
  isHost: boolean;
  schoolClassId: string | null;
}

export interface PointInfo {
  id: string;
  nodeId: string;
  name: string;
  courseCount: number;
}

export interface PointRef {
  id: string;
  name: string;
}

export interface PublishReply {
  sdp: string;
}

export interface PublishRequest {
  sdp: string;
  groups: Record<string, string>;
}

export interface PupilRow {
  id: string;
  number: string;
  name: string;
}

export interface RecordingDetail {
  row: RecordingRow;
  mediaBase: string;
  expiresInSeconds: number;
  tracks: RecordingTrackInfo[];
  gaps: RecordingGapInfo[];
  events: RecordingEvent[];
}

export interface RecordingEvent {
  at: number;
  who: string;
  kind: string;
  bodyJson: string;
}

export interface RecordingGapInfo {
  trackId: string | null;
  fromMs: number;
  toMs: number;
  reason: string;
}

export interface RecordingRow {
  lessonId: string;
  title: string;
  subject: string;
  teacherName: string;
  schools: string[];
  startedAt: string;
  durationMs: number;
  state: RecordingState;
  coverUrl: string | null;
  gapCount: number;
  progress: number | null;
  error: string | null;
  courseCount: number;
}

export type RecordingState = 'Capturing' | 'Finishing' | 'Ready' | 'Failed';

export interface RecordingTrackInfo {
  id: string;
  seatRef: string;
  participantId: string;
  classroomId: string | null;
  schoolName: string;
  group: string;
  videoCodec: string | null;
  hasAudio: boolean;
  width: number;
  height: number;
  startMs: number;
  durationMs: number;
  playlistUrl: string | null;
  fileUrl: string | null;
}

export interface RegionRow {
  id: string;
  name: string;
}

export interface RenderStarted {
  jobId: string;
}

export type ReviewDecision = 'Approved' | 'Returned';

export interface ReviewInfo {
  reviewerName: string;
  decision: ReviewDecision;
  reason: string;
  at: string;
}

export interface ReviewQueue {
  waiting: CourseCard[];
  done: CourseCard[];
}

export interface ReviewRequest {
  decision: ReviewDecision;
  reason: string;
}

export type RoomKind = 'Dedicated' | 'MasterTeacher' | 'SchoolNetwork' | 'Synchronous' | 'Research' | 'Event';

export interface SchoolRow {
  id: string;
  regionId: string;
  name: string;
  shortName: string;
}

export interface SetupRequest {
  token: string;
  userName: string;
  displayName: string;
  password: string;
}

export interface SetupState {
  needed: boolean;
}

export interface SignInRequest {
  userName: string;
  password: string;
}

export interface StageTarget {
  participantId: string;
  group: string;
}

export interface StationKey {
  deviceToken: string;
  classroomId: string;
  classroomName: string;
  schoolName: string;
  seats: string[];
}

export interface StationSetup {
  classroomId: string;
  deviceName: string;
}

export interface StationState {
  classroomName: string;
  schoolName: string;
  seats: string[];
  lesson: LessonCard | null;
  ticket: JoinTicket | null;
  now: string;
}

export interface TodayReply {
  next: LessonCard | null;
  week: LessonCard[];
  waiting: WaitingItem[];
  now: string;
}

export interface TokenRequest {
  role: LessonRole;
  classroomId: string | null;
}

export interface TreeNode {
  id: string;
  parentId: string | null;
  kind: NodeKind;
  name: string;
  order: number;
  courseCount: number;
  hasChildren: boolean;
}

export interface WaitingItem {
  kind: string;
  count: number;
  link: string;
}
