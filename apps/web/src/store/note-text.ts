import type { Capability, ModerationNote, RoomRole, TrackSource } from '@video-meet/protocol'
import type { Notice } from './ui-slice.ts'

const STOPPED: Record<TrackSource, { once: (by: string) => string; lasting: string }> = {
  microphone: { once: (by) => `${by} muted you`, lasting: 'you cannot unmute until they let you' },
  camera: {
    once: (by) => `${by} turned off your camera`,
    lasting: 'you cannot turn it on until they let you',
  },
  screen: {
    once: (by) => `${by} stopped your screen share`,
    lasting: 'you cannot share until they let you',
  },
  'screen-audio': {
    once: (by) => `${by} stopped the sound of your screen`,
    lasting: 'you cannot share until they let you',
  },
}

const ROLES: Record<RoomRole, string> = {
  host: 'the host',
  moderator: 'a moderator',
  presenter: 'a presenter',
  participant: 'a participant',
  guest: 'a guest',
  observer: 'an observer',
}

const CAN: Record<Capability, string> = {
  microphone: 'unmute',
  camera: 'turn on your camera',
  screen: 'share your screen',
  chat: 'write in the chat',
  hand: 'raise your hand',
  admit: 'let people in',
  moderate: 'moderate',
  remove: 'remove people',
  grant: 'give others roles',
  settings: 'change what the meeting allows',
  end: 'end the meeting for everyone',
}

type NoticeParts = [text: string, tone: Notice['tone'], offer?: Notice['offer']]

/** What the person is told of what moderators did to them: who it was, and what it means. */
export function noticeOf(notes: readonly ModerationNote[]): NoticeParts {
  const asked = notes.findLast((note) => note.act === 'asked')
  return [notes.map(wordsOf).join('. '), 'calm', asked?.device]
}

function wordsOf(note: ModerationNote): string {
  const { by } = note
  switch (note.act) {
    case 'stopped': {
      const { once, lasting } = STOPPED[note.source]
      return note.lasting ? `${once(by)}; ${lasting}` : once(by)
    }
    case 'asked':
      return note.device === 'microphone'
        ? `${by} asks you to unmute`
        : `${by} asks you to turn on your camera`
    case 'handLowered':
      return `${by} lowered your hand`
    case 'renamed':
      return `${by} renamed you to ${note.name}: ${note.reason}`
    case 'roleGiven':
      return `You are now ${ROLES[note.role]}: ${by} gave you this role`
    case 'granted':
      return `${by} lets you ${CAN[note.capability]}`
    case 'withdrawn':
      return `${by} no longer lets you ${CAN[note.capability]}`
  }
}
