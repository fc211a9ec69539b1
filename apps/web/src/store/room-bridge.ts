import { type Participant, type Room, SignalingError, type Track } from '@video-meet/client'
import type { ModerationNote } from '@video-meet/protocol'
import { announcements } from './announcements.ts'
import {
  connectionChanged,
  peopleChanged,
  type PersonView,
  roomClosed,
  soundBlockedChanged,
} from './meeting-slice.ts'
import { personView, sameView } from './person-view.ts'
import type { AppDispatch } from './store.ts'
import { announced, noticeShown, screenCleared } from './ui-slice.ts'

/**
 * The one way from the SDK into the store: copies what is serialisable and shown, and says aloud what happens.
 * Tracks, levels and statistics stay in the SDK.
 *
 * @returns stops the copying and empties the store
 */
export function connectRoomToStore(room: Room, dispatch: AppDispatch): () => void {
  const people = followPeople(room, dispatch)
  const say = (words: string | null): void => {
    if (words !== null) dispatch(announced(words))
  }
  const undo = [
    people.stop,
    room.state.subscribe(() => dispatch(connectionChanged(connectionOf(room)))),
    room.on('participantJoined', ({ name }) => say(announcements.joined(name))),
    room.on('participantLeft', ({ name }, reason) => say(LEFT[reason](name))),
    room.on('trackPublished', (track) => say(shareWords(room, track, 'started'))),
    room.on('trackUnpublished', (track) => say(shareWords(room, track, 'stopped'))),
    room.on('trackPublishFailed', (_, error) => {
      // Who took the permission away is told by a note of its own.
      if (error instanceof SignalingError && error.code === 'forbidden') return
      dispatch(noticeShown(announcements.publishFailed, 'error'))
    }),
    room.on('reconnecting', () => say(announcements.ownReconnecting)),
    room.on('reconnected', () => say(announcements.ownBack)),
    room.on('audioPlaybackBlocked', () => dispatch(soundBlockedChanged(true))),
    room.features.hands.events.on('raised', (id) => announceHand(room, dispatch, id)),
    followNotes(room, dispatch),
  ]
  dispatch(screenCleared())
  dispatch(connectionChanged(connectionOf(room)))
  dispatch(soundBlockedChanged(room.audioOutput.isBlocked))
  people.refresh()
  return () => {
    for (const stop of undo) stop()
    dispatch(roomClosed())
  }
}

/** Longer than what one act does takes to arrive, shorter than anybody waits for. */
const TOGETHER_MS = 150

const LEFT = {
  left: announcements.left,
  connection_lost: announcements.connectionLost,
  removed: announcements.removed,
  waiting_room: announcements.sentToWait,
} as const

function connectionOf(room: Room): 'connected' | 'reconnecting' {
  return room.state.get().status === 'connected' ? 'connected' : 'reconnecting'
}

/** Follows everyone's state and every track's, and dispatches only when what is shown differs. */
function followPeople(room: Room, dispatch: AppDispatch): { refresh: () => void; stop: () => void } {
  let shown: PersonView[] = []
  let undo: (() => void)[] = []
  const announceConnections = connectionAnnouncer(room, dispatch)

  function show(): void {
    const next = room.participants.get().map((participant) => personView(participant, room.features))
    if (sameView(shown, next)) return
    announceConnections(shown, next)
    shown = next
    dispatch(peopleChanged(next))
  }

  function refresh(): void {
    for (const stop of undo) stop()
    undo = room.participants.get().map((participant: Participant) => participant.state.subscribe(show))
    show()
  }

  const undoList = [
    room.participants.subscribe(refresh),
    room.on('trackMuteChanged', show),
    room.on('trackPublished', show),
    room.on('trackUnpublished', show),
    room.features.hands.state.subscribe(show),
    room.features.layout.state.subscribe(show),
  ]
  return {
    refresh,
    stop() {
      for (const stop of [...undo, ...undoList]) stop()
    },
  }
}

/** Says whose connection is lost and who is back; nothing of others while it is this person who is away. */
function connectionAnnouncer(room: Room, dispatch: AppDispatch) {
  const toldAway = new Set<string>()
  return (before: readonly PersonView[], after: readonly PersonView[]): void => {
    for (const { id } of before) if (!after.some((person) => person.id === id)) toldAway.delete(id)
    for (const { id, name, isLocal, reconnecting } of after) {
      if (!reconnecting) {
        if (toldAway.delete(id)) dispatch(announced(announcements.back(name)))
        continue
      }
      const wasConnected = before.some((person) => person.id === id && !person.reconnecting)
      if (isLocal || !wasConnected || room.state.get().status !== 'connected') continue
      toldAway.add(id)
      dispatch(announced(announcements.reconnecting(name)))
    }
  }
}

/** Those who moderate also see it: they give the floor. */
function announceHand({ participants, localParticipant: me }: Room, dispatch: AppDispatch, id: string): void {
  const person = participants.get().find((participant) => participant.id === id)
  if (person === undefined || person.isLocal) return
  const words = announcements.handRaised(person.name)
  dispatch(me.may('moderate') ? noticeShown(words) : announced(words))
}

/** Says what moderators do to this person. What comes together, as by the panic button, is said together. */
function followNotes({ features: { moderation } }: Room, dispatch: AppDispatch): () => void {
  let notes: ModerationNote[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const collect = (note: ModerationNote): void => {
    notes.push(note)
    timer ??= setTimeout(() => {
      void showNotes(notes, dispatch)
      notes = []
      timer = undefined
    }, TOGETHER_MS)
  }
  for (const note of moderation.takeMissed()) collect(note)
  const undo = moderation.events.on('noted', collect)
  return () => {
    undo()
    clearTimeout(timer)
  }
}

/** The words come from the server when somebody is moderated, as most people never are. */
async function showNotes(notes: readonly ModerationNote[], dispatch: AppDispatch): Promise<void> {
  try {
    const { noticeOf } = await import('./note-text.ts')
    dispatch(noticeShown(...noticeOf(notes)))
  } catch {
    // The words did not come; that something happened must not stay unsaid.
    dispatch(noticeShown(announcements.moderated))
  }
}

function shareWords(room: Room, track: Track, change: 'started' | 'stopped'): string | null {
  if (track.source !== 'screen') return null
  const sharer = room.participants.get().find(({ id }) => id === track.participantId)
  if (sharer === undefined) return null
  const started = change === 'started'
  if (sharer.isLocal) return started ? announcements.ownShareStarted : announcements.ownShareStopped
  return started ? announcements.shareStarted(sharer.name) : announcements.shareStopped(sharer.name)
}
