export type {
  Bandwidth,
  CheckOutcome,
  CheckStep,
  CheckStepId,
  CheckVerdict,
  CheckView,
} from './check/check-view.ts'
export { verdictOf } from './check/check-view.ts'
export { browserParts, type CheckDevices } from './check/browser-parts.ts'
export { ConnectionCheck } from './check/connection-check.ts'
export { Emitter, type EventMap } from './core/emitter.ts'
export {
  type LogLevel,
  type LogSink,
  type Logger,
  consoleSink,
  createLogger,
  silentLogger,
} from './core/logger.ts'
export { type ReadableStore, Store } from './core/store.ts'
export { AudioOutput, type AudioOutputEvents } from './devices/audio-output.ts'
export {
  type CaptureBothOptions,
  type CaptureOptions,
  type CapturedBoth,
  captureBoth,
  captureCamera,
  captureMicrophone,
  type MicrophoneOptions,
  type SoundProcessing,
} from './devices/capture.ts'
export { type DeviceEntry, type DeviceList, type Devices, deviceList } from './devices/device-list.ts'
export { knownLabels } from './devices/device-labels.ts'
export { EchoTest, type EchoView } from './devices/echo-test.ts'
export { LevelMeter } from './devices/level-meter.ts'
export type { MicrophoneHint } from './devices/microphone-hints.ts'
export { MicrophoneWatch } from './devices/microphone-watch.ts'
export { playTestTone } from './devices/test-tone.ts'
export { type CapturedScreen, captureScreen, type ScreenContent } from './devices/screen-capture.ts'
export {
  CaptureError,
  type CaptureErrorReason,
  JoinError,
  type JoinErrorReason,
  RestError,
  type RestErrorCode,
  SignalingError,
  type SignalingErrorCode,
} from './errors.ts'
export type { ChatEvents, ChatFeature, ChatState } from './features/chat.ts'
export type { HandsFeature, HandsState } from './features/hands.ts'
export type { LayoutFeature } from './features/layout.ts'
export type { LobbyFeature, LobbyState } from './features/lobby.ts'
export type { ModerationFeature } from './features/moderation.ts'
export type { Features } from './features/registry.ts'
export type { LocalDevice } from './local-participant-device.ts'
export type { LocalParticipant } from './local-participant.ts'
export type { Participant, ParticipantView } from './participant.ts'
export {
  type AuthSession,
  type AuthSessionOptions,
  type AuthState,
  createAuthSession,
} from './rest/auth-session.ts'
export {
  type AccessTokenSource,
  type RestClient,
  type RestClientOptions,
  createRestClient,
} from './rest/rest-client.ts'
export type { CallOptions } from './rest/rest-request.ts'
export { type SessionHint, type TabChannel, type TabLock, browserHint } from './rest/session-parts.ts'
export { type DeviceKind, RoomDevices, type RoomDevicesEvents } from './room-devices.ts'
export type { JoinCredentials } from './room-credentials.ts'
export type { RoomEndReason, RoomEvents, RoomState } from './room-events.ts'
export { type JoinOptions, joinRoom } from './room-join.ts'
export { type PrepareOptions, type PreparedSession, prepareSession } from './room-session.ts'
export type { Room } from './room.ts'
export { DataSaver, type DataSaverOptions } from './stats/saver/data-saver.ts'
export type { SaverPhase } from './stats/saver/saver-policy.ts'
export type { QualityChoice } from './topology/demands.ts'
export type { CodecChoice } from './topology/video-codec.ts'
export type { Advice } from './stats/advice.ts'
export type { ArrivingTrack, CallSample, LeavingTrack, PersonStats, Quality } from './stats/call-sample.ts'
export { CallStats } from './stats/call-stats.ts'
export type { PathStats } from './stats/path-stats.ts'
export { reportStats } from './stats/report-stats.ts'
export type { Track, TrackDemand, TrackView } from './track.ts'
export type { WaitingRoom, WaitingView } from './room-waiting.ts'
