import type { CaptureErrorReason, CodecChoice } from '@video-meet/client'
import { captureFailureText } from '../../room/capture-failure-text.ts'

/** Words of everything about devices that is loaded late. */
export const soundText = {
  testMicrophone: 'Test microphone',
  testSpeaker: 'Test speaker',
  stopMicrophone: 'Stop microphone test',
  stopSpeaker: 'Stop speaker test',
  level: 'Microphone level',
  about: 'Say something: you hear yourself four seconds later. Nothing of it is sent.',
  opening: 'Opening the microphone…',
  recording: 'Recording: say something…',
  playing: 'Playing back what was recorded…',
  heard: 'Your microphone works. If you did not hear yourself, check the speaker.',
  unheard: 'The microphone heard nothing. Choose another one, or see whether it is muted on the device.',
  tone: 'Playing a tune…',
  toneOver: 'If you heard nothing, choose another speaker or turn the volume up.',
  failed: (reason: CaptureErrorReason) => captureFailureText('microphone', reason),
} as const

export const settingsText = {
  tabs: 'Kinds of settings',
  audio: 'Audio',
  video: 'Video',
  connection: 'Connection',
  general: 'General',
  processing: 'Sound of your microphone',
  noiseSuppression: 'Noise suppression',
  noiseSuppressionAbout: 'Takes away fans, keyboards and traffic.',
  echoCancellation: 'Echo cancellation',
  echoCancellationAbout: 'Takes away what comes out of your speaker. With headphones it is not needed.',
  autoGain: 'Automatic volume',
  autoGainAbout: 'Makes quiet voices louder and loud ones quieter.',
  music: 'Music mode',
  musicAbout: 'Stereo, with nothing done to the sound. For instruments, with headphones.',
  habits: 'While you are muted',
  pushToTalk: 'Hold Space to talk',
  pushToTalkAbout:
    'Opens the microphone for as long as you hold the key. Not while you type or a button has the focus.',
  talkHints: 'Say so when I talk while muted',
  talkHintsAbout: 'Measured in this browser. Nothing is recorded or sent.',
  preview: 'Preview of your camera',
  mirror: 'Mirror my own picture',
  mirrorAbout: 'Only for you: the others see you as you are.',
  smoothScreen: 'Smooth motion in what I share',
  smoothScreenAbout:
    'For films and animations. Without it text stays sharp, and movement may be less smooth.',
  codec: 'Video format that I send',
  codecAbout:
    'VP9 and AV1 look better on a slow connection and take more of your processor. What somebody in the meeting cannot play is not sent.',
} as const

export const codecNames = {
  auto: 'Automatic',
  vp8: 'VP8',
  vp9: 'VP9',
  h264: 'H.264',
  av1: 'AV1',
} satisfies Record<CodecChoice, string>

export const hintText = {
  talking: 'You are muted.',
  talkingHold: 'You are muted. Hold Space to talk.',
  unmute: 'Unmute',
  silent: 'Your microphone gives no sound. It may be muted on the device or by your system.',
  settings: 'Settings',
  dismiss: 'Dismiss this hint',
  dontSay: 'Don’t tell me again',
} as const

const NAMES = { microphone: 'microphone', camera: 'camera', speaker: 'speaker' } as const
type Kind = keyof typeof NAMES

export const changeText = {
  replaced: (kind: Kind, before: string, after: string) =>
    `${quoted(before, kind)} is gone. ${kind === 'speaker' ? 'You hear the others through' : 'You are using'} ${
      after === '' ? "the system's default" : `“${after}”`
    } now.`,
  lost: (kind: Kind, name: string) => `${quoted(name, kind)} is gone.`,
  returned: (kind: Kind, name: string) => `${quoted(name, kind)} is back.`,
  followed: (name: string) =>
    name === ''
      ? 'Your microphone follows the system.'
      : `Your microphone is “${name}” now, as the system has it.`,
} as const

function quoted(name: string, kind: Kind): string {
  return name === '' ? `Your ${NAMES[kind]}` : `“${name}”`
}
