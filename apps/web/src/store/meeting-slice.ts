import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { Capability, RoomRole } from '@video-meet/protocol'

/** A person in the room as lists and labels show them. */
export interface PersonView {
  readonly id: string
  readonly name: string
  readonly isLocal: boolean
  readonly role: RoomRole
  /** What the person may do at this moment. */
  readonly may: readonly Capability[]
  readonly reconnecting: boolean
  readonly muted: boolean
  readonly cameraOn: boolean
  readonly sharingScreen: boolean
  /** Place in the row of raised hands, from 1; 0: not raised. */
  readonly hand: number
  /** Shown large to everyone. */
  readonly spotlighted: boolean
}

interface MeetingState {
  /** This client's own connection to the room. */
  connection: 'none' | 'connected' | 'reconnecting'
  /** In order of joining. */
  people: readonly PersonView[]
  /** The browser refuses to play sound until the person has pressed something. */
  soundBlocked: boolean
}

const initialState: MeetingState = { connection: 'none', people: [], soundBlocked: false }

/** What is shown of the room this client is in; written by the room bridge only. */
export const meetingSlice = createSlice({
  name: 'meeting',
  initialState,
  reducers: {
    connectionChanged(state, { payload }: PayloadAction<MeetingState['connection']>) {
      state.connection = payload
    },
    peopleChanged: (state, { payload }: PayloadAction<PersonView[]>) => ({ ...state, people: payload }),
    soundBlockedChanged(state, { payload }: PayloadAction<boolean>) {
      state.soundBlocked = payload
    },
    roomClosed: () => initialState,
  },
})

export const { connectionChanged, peopleChanged, soundBlockedChanged, roomClosed } = meetingSlice.actions
