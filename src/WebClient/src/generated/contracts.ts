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

export interface AnswerTally {
  answered: number;
  right: number | null;
  counts: number[];
  numbers: NumberTally[];
}

export interface AnswerValue {
  choices: number[] | null;
  number: number | null;
  text: string | null;
  picture: string | null;
}

export interface AnsweredQuestion {
  id: string;
  kind: QuestionKind;
  text: string;
  choices: string[];
  points: number;
  knowledgePoint: string | null;
  askedAt: number;
  answer: RightAnswer | null;
  tally: AnswerTally;
  answers: GivenAnswerRow[];
}

export interface AnsweringPerson {
  name: string;
  school: string;
  class: string;
  number: string;
  wasHere: boolean;
}

export interface ApiError {
  code: string;
  message: string;
  traceId: string | null;
  fields: FieldError[] | null;
}

export interface AttendanceReply {
  lengthMs: number;
  isOver: boolean;
  rows: AttendanceRow[];
  presentPerMinute: number[];
}

export interface AttendanceRow {
  name: string;
  role: LessonRole;
  number: string | null;
  className: string | null;
  schoolName: string | null;
  isHere: boolean;
  presentMs: number;
  firstAt: number | null;
  lastAt: number | null;
  isLate: boolean;
  leftEarly: boolean;
  spans: PresenceSpan[];
}

export interface AwardAdd {
  level: AwardLevel;
  activity: string;
  issuer: string;
  year: number;
  certificate: string;
}

export interface AwardInfo {
  id: string;
  level: AwardLevel;
  activity: string;
  issuer: string;
  year: number;
  certificate: string;
  recordedBy: string;
  recordedAt: string;
}

export type AwardLevel = 'District' | 'City' | 'Province' | 'Ministry';

export interface CaptionsRead {
  cues: CueInfo[];
  left: number;
}

export type CardStyle = 'Pine' | 'Paper' | 'Ink';

export interface CatalogueChangeInfo {
  version: number;
  at: string;
  by: string;
  kind: string;
  words: string;
}

export interface CatalogueHistory {
  version: number;
  changes: CatalogueChangeInfo[];
}

export interface CatalogueMerge {
  intoId: string;
}

export interface ChapterInfo {
  atMs: number;
  title: string;
}

export type ChatMode = 'Everyone' | 'TeacherOnly' | 'Off';

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

export interface ClassSeats {
  classroomId: string;
  schoolName: string;
  className: string;
  pupils: PupilSeat[];
}

export interface ClassroomLamp {
  classroomId: string;
  classroomName: string;
  schoolName: string;
  schoolShortName: string;
  isHost: boolean;
  online: boolean;
  selfTest: SelfTestResult | null;
  seats: string[];
}

export interface ClassroomRow {
  id: string;
  schoolId: string;
  schoolName: string;
  name: string;
  seats: string[];
  selfTest: SelfTestResult | null;
  applianceSeats: string[] | null;
}

export interface ClassroomSourceInput {
  seat: string;
  address: string;
}

export interface ClassroomSourceRow {
  seat: string;
  address: string;
  status: SourceStatus;
}

export interface ClassroomSourcesSave {
  sources: ClassroomSourceInput[];
}

export interface CommentAdd {
  atMs: number | null;
  text: string;
}

export interface CommentInfo {
  id: string;
  atMs: number | null;
  text: string;
  by: string;
  isMine: boolean;
  isDone: boolean;
  at: string;
}

export interface CommentTick {
  isDone: boolean;
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
  level: ReviewLevel | null;
  award: AwardLevel | null;
}

export interface CourseCreate {
  lessonId: string;
  inMs: number;
  outMs: number;
  seatRef: string | null;
}

export interface CourseDeletionPreview {
  title: string;
  state: CourseState;
  hasFilm: boolean;
  bytes: number | null;
  files: number;
  viewers: number;
  watchedSeconds: number;
  comments: number;
  reviews: number;
  isHeld: boolean;
  asksWhy: boolean;
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
  cues: CueInfo[];
  teacherName: string;
  schoolName: string;
  coverUrl: string | null;
  isPublic: boolean;
  questions: FilmQuestionEdit[];
}

export interface CourseFacets {
  total: number;
  stages: FacetValue[];
  grades: FacetValue[];
  subjects: FacetValue[];
  editions: FacetValue[];
  types: FacetValue[];
  schools: FacetValue[];
  points: FacetValue[];
  levels: FacetValue[];
  awards: FacetValue[];
}

export interface CourseFileInfo {
  id: string;
  kind: CourseFileKind;
  name: string;
  bytes: number;
  url: string;
}

export type CourseFileKind = 'Courseware' | 'LessonPlan' | 'TaskSheet' | 'Exercise' | 'Other';

export interface CourseMoved {
  state: CourseState;
}

export interface CoursePage {
  cards: CourseCard[];
  total: number;
  page: number;
  pageSize: number;
}

export interface CoursePermissions {
  comment: boolean;
  nominate: boolean;
  seeStatistics: boolean;
  changeFiles: boolean;
  delete: boolean;
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
  points: PointTime[];
  awards: AwardInfo[];
  resumeMs: number;
  may: CoursePermissions;
  captions: CueInfo[];
  isPublic: boolean;
  questions: FilmQuestion[];
}

export interface CourseQuery {
  text: string | null;
  nodeId: string | null;
  pointId: string | null;
  schoolId: string | null;
  type: CourseType | null;
  stage: string | null;
  grade: string | null;
  subject: string | null;
  edition: string | null;
  page: number;
  level: ReviewLevel | null;
  award: AwardLevel | null;
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
  cues: CueInfo[] | null;
  questions: FilmQuestionEdit[] | null;
}

export type CourseState = 'Draft' | 'Rendering' | 'Failed' | 'Ready' | 'InReview' | 'Returned' | 'Published' | 'Withdrawn';

export interface CourseStatistics {
  title: string;
  durationMs: number;
  viewers: number;
  completed: number;
  seconds: number;
  retention: number[];
  days: DayCount[];
  questions: QuestionCount[];
}

export type CourseType = 'Subject' | 'Experiment' | 'Review' | 'Special' | 'Premium' | 'Holiday';

export interface CoverTaken {
  file: string;
  url: string;
}

export interface CueInfo {
  fromMs: number;
  toMs: number;
  text: string;
}

export interface DayCount {
  day: string;
  seconds: number;
  viewers: number;
}

export type DeletionCause = 'Rule' | 'Person';

export interface DeletionInfo {
  id: string;
  kind: RetentionKind;
  title: string;
  cause: DeletionCause;
  days: number | null;
  byName: string;
  reason: string;
  orderedAt: string;
  doneAt: string | null;
  bytes: number;
  objects: number;
}

export interface DocumentEdit {
  title: string;
  position: number;
}

export type DocumentKind = 'Slides' | 'File' | 'Link';

export interface DocumentLink {
  pagesBase: string;
  expiresInSeconds: number;
}

export interface DocumentPage {
  width: number;
  height: number;
  title: string;
}

export interface DocumentRow {
  id: string;
  kind: DocumentKind;
  title: string;
  fileName: string;
  contentType: string;
  bytes: number;
  url: string;
  state: DocumentState;
  error: string | null;
  pages: DocumentPage[];
  position: number;
  progress: number | null;
  secondsLeft: number | null;
  pagesBase: string | null;
  fileUrl: string | null;
}

export type DocumentState = 'Waiting' | 'Ready' | 'Failed';

export interface DueDeletion {
  kind: RetentionKind;
  id: string;
  title: string;
  from: string;
  days: number;
  dueAt: string;
  bytes: number;
  courseCount: number;
}

export interface DueDeletions {
  items: DueDeletion[];
  total: number;
  bytes: number;
  withinDays: number;
}

export interface EditBlur {
  seat: string;
  fromMs: number;
  toMs: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface EditCard {
  style: CardStyle;
  lengthMs: number;
  text: string;
}

export interface EditClip {
  inMs: number;
  outMs: number;
  layout: EditLayout;
  seats: string[];
}

export interface EditCover {
  atMs: number;
  file: string | null;
}

export type EditLayout = 'Single' | 'SideBySide' | 'PictureInPicture' | 'ThreeWay' | 'Grid';

export interface EditList {
  clips: EditClip[];
  opening: EditCard | null;
  closing: EditCard | null;
  blurs: EditBlur[];
  mutes: EditMute[];
  cover: EditCover | null;
  durationMs: number;
}

export interface EditMute {
  seat: string | null;
  fromMs: number;
  toMs: number;
}

export interface EventDto {
  seq: number;
  at: number;
  who: string;
  kind: string;
  body: any;
}

export interface ExportInfo {
  presetId: string;
  presetName: string;
  url: string;
  madeAt: string | null;
}

export interface FacetValue {
  key: string;
  name: string;
  count: number;
}

export interface FieldError {
  field: string;
  message: string;
  code: string;
}

export interface FilmAnswer {
  choices: number[] | null;
  number: number | null;
  tolerance: number | null;
}

export interface FilmAnswerGiven {
  questionId: string;
  answer: FilmAnswer;
}

export interface FilmAnswerJudged {
  isRight: boolean;
  answer: FilmAnswer;
  explanation: string;
}

export interface FilmQuestion {
  id: string;
  atMs: number;
  kind: QuestionKind;
  text: string;
  choices: string[];
}

export interface FilmQuestionEdit {
  id: string;
  atMs: number;
  kind: QuestionKind;
  text: string;
  choices: string[];
  answer: FilmAnswer;
  explanation: string;
}

export interface GivenAnswerRow {
  person: number;
  value: AnswerValue;
  right: boolean | null;
  points: number;
  seconds: number;
  pictureUrl: string | null;
}

export type GroupBy = 'Random' | 'Classroom' | 'Hand';

export interface GroupDraft {
  name: string;
  members: string[];
}

export interface GroupPlan {
  how: GroupBy;
  count: number;
  groups: GroupDraft[] | null;
  seconds: number;
}

export interface HoldInfo {
  id: string;
  lessonId: string;
  title: string;
  reason: string;
  byName: string;
  at: string;
  releasedAt: string | null;
  releasedBy: string;
}

export interface IClassroomClient {
  Passing(who: string, ink: PassingInk): Promise<void>;
  PassingOn(who: string, id: string, from: number, points: string): Promise<void>;
  Events(events: EventDto[]): Promise<void>;
  SubscribeOffer(revision: number, sdp: string, tracks: Record<string, string>): Promise<void>;
  TransportState(kind: string, state: string): Promise<void>;
  LayersWanted(mid: string, rids: string[]): Promise<void>;
  Limits(reasons: Record<string, string>): Promise<void>;
  Closed(code: string): Promise<void>;
}

export interface IClassroomHub {
  ShowSurface(key: string, surface: string | null): Promise<Ack>;
  LetBrowse(key: string, allowed: boolean): Promise<Ack>;
  Draw(key: string, strokes: StrokeInput[]): Promise<Ack>;
  Erase(key: string, strokeIds: string[]): Promise<Ack>;
  Restore(key: string, strokeIds: string[]): Promise<Ack>;
  ClearSurface(key: string, surface: string): Promise<Ack>;
  GivePen(key: string, participantId: string, allowed: boolean): Promise<Ack>;
  ShareInk(key: string, participantId: string | null, surface: string | null): Promise<Ack>;
  Pass(ink: PassingInk): Promise<void>;
  LinkDocument(documentId: string): Promise<DocumentLink>;
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
  OpenGroups(key: string, plan: GroupPlan): Promise<Ack>;
  CloseGroups(key: string): Promise<Ack>;
  MoveToGroup(key: string, participantId: string, groupId: string | null): Promise<Ack>;
  VisitGroup(key: string, groupId: string | null): Promise<Ack>;
  SetGroupTimer(key: string, seconds: number): Promise<Ack>;
  GroupPast(groupId: string): Promise<EventDto[]>;
  Note(key: string, note: NoteDraft): Promise<Ack>;
  RemoveNote(key: string, noteId: string): Promise<Ack>;
  Arrange(key: string, arrangement: PictureArrangement): Promise<Ack>;
  ChangeSettings(key: string, settings: LessonSettings): Promise<Ack>;
  AskQuestion(key: string, question: QuestionDraft, preparedId: string | null): Promise<Ack>;
  AnswerQuestion(key: string, questionId: string, value: AnswerValue): Promise<Ack>;
  ExtendQuestion(key: string, questionId: string, seconds: number): Promise<Ack>;
  CloseQuestion(key: string, questionId: string): Promise<Ack>;
  RevealQuestion(key: string, questionId: string, answer: RightAnswer | null): Promise<Ack>;
  FinishQuestion(key: string, questionId: string): Promise<Ack>;
  MarkAnswer(key: string, questionId: string, participantId: string, right: boolean): Promise<Ack>;
  ShowAnswer(key: string, questionId: string, participantId: string | null): Promise<Ack>;
  AnswerPicture(questionId: string, pictureId: string): Promise<string>;
  ClassRoster(): Promise<RosterPupil[]>;
  LockTablets(key: string, locked: boolean): Promise<Ack>;
  PushToTablets(key: string, push: TabletPush): Promise<Ack>;
  PushedFile(documentId: string): Promise<string>;
  TabletLooks(key: string, looking: boolean): Promise<Ack>;
  ChatTo(key: string, text: string, to: string): Promise<Ack>;
  SetChatMode(key: string, mode: string): Promise<Ack>;
  RemoveChat(key: string, seq: number): Promise<Ack>;
  Ask(key: string, text: string): Promise<Ack>;
  LikeAsk(key: string, seq: number): Promise<Ack>;
  SettleAsk(key: string, seq: number, state: string): Promise<Ack>;
  React(key: string, kind: string): Promise<Ack>;
  LowerHands(key: string): Promise<Ack>;
  MuteAll(key: string, muted: boolean): Promise<Ack>;
  HandOver(key: string, participantId: string | null): Promise<Ack>;
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
  errorCode: string | null;
  attempts: number;
}

export type JobState = 'Queued' | 'Running' | 'Done' | 'Failed' | 'Cancelled';

export interface JoinByPin {
  pin: string;
  name: string;
  pupilId: string | null;
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
  isNotRecorded: boolean;
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

export interface LearningRow {
  name: string;
  seconds: number;
  people: number;
  courses: number;
}

export interface LearningStatistics {
  seconds: number;
  people: number;
  schools: LearningRow[];
  subjects: LearningRow[];
  days: DayCount[];
}

export interface LessonAnswers {
  questions: AnsweredQuestion[];
  people: AnsweringPerson[];
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

export type LessonLayout = 'One' | 'SideBySide' | 'PictureInPicture' | 'ThreeWay' | 'Grid';

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
  settings: LessonSettings | null;
}

export type LessonRole = 'Teacher' | 'Station' | 'Student' | 'Observer' | 'Publisher' | 'Viewer';

export interface LessonSettings {
  layout: LessonLayout;
  stage: StageMode;
  chat: ChatMode;
  studentsMayDraw: boolean;
  studentsMaySpeak: boolean;
  tabletVideo: TabletVideo;
}

export interface LessonSource {
  classroomId: string;
  seat: string;
  status: SourceStatus;
}

export type LessonState = 'Planned' | 'Open' | 'Live' | 'Ended' | 'Cancelled';

export interface LinkEdit {
  title: string;
  url: string;
}

export interface LinkEnd {
  lossPercent: number | null;
  delayMs: number | null;
}

export interface LinkMeasurement {
  downKbps: number;
  upKbps: number;
  delayMs: number;
  lossPercent: number | null;
}

export interface LinkReport {
  lossPercent: number;
  roundTripMs: number;
  downKbps: number;
  upKbps: number;
  isOverloaded: boolean;
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

export interface MyCourse {
  card: CourseCard;
  mayDelete: boolean;
}

export interface NodeCreate {
  parentId: string | null;
  kind: NodeKind;
  name: string;
  version: string;
}

export interface NodeEdit {
  name: string;
  version: string;
  isRetired: boolean;
}

export type NodeKind = 'Stage' | 'Grade' | 'Subject' | 'Edition' | 'Volume' | 'Unit' | 'Section';

export interface NodeMove {
  parentId: string | null;
  beforeId: string | null;
}

export interface NoteAdd {
  atMs: number;
  text: string;
}

export interface NoteDraft {
  rubricId: string | null;
  itemId: string | null;
  score: number | null;
  text: string;
  at: number | null;
}

export interface NoteInfo {
  id: string;
  atMs: number;
  text: string;
}

export interface NoteRow {
  id: string;
  observer: string;
  isMine: boolean;
  at: number;
  rubricId: string | null;
  itemId: string | null;
  group: string | null;
  item: string | null;
  score: number | null;
  maxScore: number | null;
  text: string;
}

export interface NoteSummary {
  itemId: string;
  group: string;
  item: string;
  count: number;
  average: number | null;
  maxScore: number | null;
}

export interface NotesReply {
  notes: NoteRow[];
  summary: NoteSummary[];
  mayWrite: boolean;
}

export interface NotificationInfo {
  id: string;
  kind: NotificationKind;
  courseId: string;
  title: string;
  words: string;
  at: string;
  isRead: boolean;
}

export type NotificationKind = 'ReviewWaits' | 'CourseApproved' | 'CourseReturned' | 'CoursePublished' | 'CourseCommented' | 'CourseAwarded' | 'CourseDeleted';

export interface NotificationList {
  unread: number;
  items: NotificationInfo[];
}

export interface NumberTally {
  number: number;
  count: number;
}

export interface PairRow {
  id: string;
  name: string;
  schoolIds: string[];
}

export interface PassingInk {
  kind: string;
  surface: string;
  id: string;
  tool: string;
  color: string;
  width: number;
  points: string;
  from: number;
}

export interface PasswordChange {
  current: string;
  next: string;
}

export interface PictureArrangement {
  layout: LessonLayout;
  stage: StageTarget | null;
  beside: (StageTarget | null)[];
}

export interface PlannedClassroom {
  classroomId: string;
  isHost: boolean;
  schoolClassId: string | null;
}

export interface PlayerMove {
  number: number;
  kind: PlayerMoveKind;
  atMs: number;
  fromMs: number;
  agoMs: number;
}

export type PlayerMoveKind = 'Initialized' | 'Played' | 'Paused' | 'Seeked' | 'Terminated';

export interface PointCreate {
  nodeId: string;
  name: string;
}

export interface PointEdit {
  nodeId: string;
  name: string;
  needIds: string[];
}

export interface PointInfo {
  id: string;
  nodeId: string;
  name: string;
  courseCount: number;
  needs: PointRef[];
}

export interface PointRef {
  id: string;
  name: string;
}

export interface PointTime {
  id: string;
  name: string;
  atMs: number | null;
}

export interface PreflightCheck {
  code: string;
  isKept: boolean;
  isAdvice: boolean;
  fixAt: string;
  actual: string;
  wanted: string;
}

export interface PreflightReport {
  presetId: string;
  checks: PreflightCheck[];
}

export interface PresenceSpan {
  from: number;
  to: number;
}

export interface PresetInfo {
  id: string;
  name: string;
  isKnown: boolean;
  rules: PresetRules;
}

export interface PresetRow {
  id: string;
  name: string;
  leastSeconds: number | null;
  mostSeconds: number | null;
  mostOpeningSeconds: number | null;
  width: number | null;
  height: number | null;
  isExactSize: boolean;
  leastKbps: number | null;
  mostKbps: number | null;
  soundKbps: number | null;
  mostMegabytes: number | null;
}

export interface PresetRules {
  leastSeconds: number | null;
  mostSeconds: number | null;
  mostOpeningSeconds: number | null;
  width: number | null;
  height: number | null;
  isExactSize: boolean;
  leastKbps: number | null;
  mostKbps: number | null;
  soundKbps: number | null;
  mostBytes: number | null;
}

export interface PublicChange {
  isPublic: boolean;
}

export interface PublishReply {
  sdp: string;
}

export interface PublishRequest {
  sdp: string;
  groups: Record<string, string>;
}

export interface PupilConsent {
  mayNotBeRecorded: boolean;
}

export interface PupilRow {
  id: string;
  number: string;
  name: string;
  mayNotBeRecorded: boolean;
}

export interface PupilSeat {
  id: string;
  number: string;
  name: string;
  isHere: boolean;
}

export interface QuestionCount {
  id: string;
  text: string;
  answered: number;
  right: number;
}

export interface QuestionDraft {
  kind: QuestionKind;
  text: string;
  choices: string[];
  answer: RightAnswer | null;
  seconds: number;
  points: number;
  knowledgePointId: string | null;
}

export interface QuestionDrafts {
  drafts: QuestionDraft[];
}

export type QuestionKind = 'Single' | 'Multiple' | 'TrueFalse' | 'Number' | 'Text' | 'Picture';

export interface QuestionOrder {
  ids: string[];
}

export interface QuestionRow {
  id: string;
  draft: QuestionDraft;
}

export interface ReasonGiven {
  reason: string;
}

export interface RecordingArchive {
  url: string;
  files: number;
  bytes: number;
}

export interface RecordingDetail {
  row: RecordingRow;
  mediaBase: string;
  expiresInSeconds: number;
  tracks: RecordingTrackInfo[];
  gaps: RecordingGapInfo[];
  events: RecordingEvent[];
  film: RecordingFilm | null;
  work: JobInfo | null;
  archive: RecordingArchive | null;
}

export interface RecordingEvent {
  at: number;
  who: string;
  kind: string;
  bodyJson: string;
}

export interface RecordingFilm {
  playlistUrl: string;
  chaptersUrl: string;
  durationMs: number;
}

export interface RecordingGapInfo {
  trackId: string | null;
  fromMs: number;
  toMs: number;
  reason: string;
}

export interface RecordingKeeping {
  hold: HoldInfo | null;
  dueAt: string | null;
  bytes: number;
  courseCount: number;
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
  peaksUrl: string | null;
  stripUrl: string | null;
}

export interface RegionRow {
  id: string;
  name: string;
}

export interface RenderStarted {
  jobId: string;
}

export type RetentionKind = 'Dedicated' | 'MasterTeacher' | 'SchoolNetwork' | 'Synchronous' | 'Research' | 'Event' | 'MicroCourse';

export interface RetentionRuleChange {
  days: number | null;
}

export interface RetentionRuleInfo {
  kind: RetentionKind;
  days: number | null;
  changedAt: string | null;
  changedBy: string;
  actsFrom: string | null;
}

export type ReviewDecision = 'Approved' | 'Returned';

export interface ReviewInfo {
  reviewerName: string;
  decision: ReviewDecision;
  reason: string;
  at: string;
  level: ReviewLevel;
}

export type ReviewLevel = 'School' | 'District' | 'City';

export interface ReviewQueue {
  waiting: WaitingCourse[];
  done: CourseCard[];
  level: ReviewLevel;
  needed: number;
}

export interface ReviewRequest {
  decision: ReviewDecision;
  reason: string;
}

export interface RightAnswer {
  choices: number[] | null;
  number: number | null;
  tolerance: number | null;
  texts: string[] | null;
}

export type RoomKind = 'Dedicated' | 'MasterTeacher' | 'SchoolNetwork' | 'Synchronous' | 'Research' | 'Event';

export interface RoomKindDefault {
  kind: RoomKind;
  settings: LessonSettings;
  admitsUnknownNames: boolean;
}

export interface RosterPupil {
  id: string;
  number: string;
  name: string;
  classroomId: string;
  className: string;
  schoolName: string;
  schoolShortName: string;
}

export interface RubricGroup {
  name: string;
  items: RubricItem[];
}

export interface RubricItem {
  id: string;
  text: string;
  maxScore: number;
}

export interface RubricRow {
  id: string;
  name: string;
  groups: RubricGroup[];
  isDefault: boolean;
}

export interface SchoolRow {
  id: string;
  regionId: string;
  name: string;
  shortName: string;
  lineKbps: number | null;
}

export interface SeatList {
  classes: ClassSeats[];
}

export interface SeatTest {
  seat: string;
  result: string;
}

export interface SelfTestResult {
  at: string;
  test: StationSelfTest;
}

export interface SeriesCard {
  id: string;
  kind: SeriesKind;
  title: string;
  description: string;
  isShown: boolean;
  courses: number;
}

export interface SeriesEdit {
  kind: SeriesKind;
  title: string;
  description: string;
  isShown: boolean;
  courseIds: string[];
}

export type SeriesKind = 'Series' | 'Topic';

export interface SeriesPage {
  id: string;
  kind: SeriesKind;
  title: string;
  description: string;
  isShown: boolean;
  mayEdit: boolean;
  cards: CourseCard[];
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

export interface SourceFormat {
  videoCodec: string | null;
  profile: string | null;
  width: number;
  height: number;
  frameRate: number;
  audioCodec: string | null;
  whyEncoded: string | null;
}

export type SourcePhase = 'Idle' | 'Connecting' | 'Live' | 'NoSignal' | 'Refused';

export interface SourceStatus {
  phase: SourcePhase;
  since: string;
  trouble: string | null;
  format: SourceFormat | null;
}

export interface SourceTest {
  address: string;
}

export interface SourceTestReply {
  format: SourceFormat | null;
  trouble: string | null;
}

export type StageMode = 'Teacher' | 'Speaker';

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

export interface StationSelfTest {
  seats: SeatTest[];
  microphone: string;
  link: LinkMeasurement | null;
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

export interface StorageOverview {
  shares: StorageShare[];
  days: StoragePoint[];
  freeBytes: number | null;
  bytesPerDay: number | null;
  daysLeft: number | null;
}

export interface StoragePoint {
  day: string;
  bytes: number;
}

export interface StorageShare {
  part: string;
  bytes: number;
}

export interface StrokeInput {
  id: string;
  surface: string;
  tool: string;
  color: string;
  width: number;
  points: string;
  isPrivate: boolean;
}

export interface Suggestion {
  kind: SuggestionKind;
  id: string;
  text: string;
  place: string;
}

export type SuggestionKind = 'Point' | 'Node' | 'School' | 'Teacher' | 'Course';

export interface TabletPush {
  what: string;
  documentId: string | null;
}

export type TabletVideo = 'Off' | 'Auto' | 'On';

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
  version: string;
  isRetired: boolean;
}

export interface UploadInfo {
  id: string;
  title: string;
  fileName: string;
  bytes: number;
  received: number;
  state: UploadState;
  error: string | null;
  createdAt: string;
  work: JobInfo | null;
}

export type UploadState = 'Receiving' | 'Waiting' | 'Done' | 'Failed';

export interface WaitingCourse {
  card: CourseCard;
  level: ReviewLevel;
}

export interface WaitingItem {
  kind: string;
  count: number;
  link: string;
}

export interface WatchReport {
  positionMs: number;
  parts: WatchedPart[];
  session: string | null;
  moves: PlayerMove[] | null;
}

export interface WatchedPart {
  fromMs: number;
  toMs: number;
}
