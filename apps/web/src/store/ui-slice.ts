import { createSlice, nanoid, type PayloadAction } from '@reduxjs/toolkit'
import { type Habit, type Habits, readHabits } from '../lib/habits.ts'

export interface Notice {
  /** Tells two notices with the same words apart. */
  readonly id: string
  readonly text: string
  readonly tone: 'calm' | 'error'
  /** Offers to turn this on, or to use a device that is back. */
  readonly offer?: 'microphone' | 'camera' | ReturnedDevice | undefined
}

export interface ReturnedDevice {
  readonly kind: 'microphone' | 'camera' | 'speaker'
  readonly deviceId: string
}

/** `grid`: all tiles of one size; `speaker`: whoever speaks, large; `pinned`: large whoever speaks. */
export interface OwnLayout {
  readonly mode: 'grid' | 'speaker'
  readonly pinned: string | null
}

type DialogName = 'settings' | 'shortcuts' | 'connection'

interface UiState {
  openPanel: string | null
  openDialog: DialogName | null
  /** Shown for a few seconds. */
  notice: Notice | null
  /** Read aloud by screen readers, not shown. */
  announcement: { readonly id: string; readonly text: string } | null
  /** Texts that are written but not sent, by panel: closing a panel loses nothing. */
  drafts: Readonly<Record<string, string>>
  /** How this person arranges the stage. */
  layout: OwnLayout
  habits: Habits
}

const initialState: UiState = {
  openPanel: null,
  openDialog: null,
  notice: null,
  announcement: null,
  drafts: {},
  layout: { mode: 'grid', pinned: null },
  habits: readHabits(),
}

/** What is open, said and typed on this screen. */
export const uiSlice = createSlice({
  name: 'ui',
  initialState,
  reducers: {
    panelToggled(state, { payload }: PayloadAction<string>) {
      state.openPanel = state.openPanel === payload ? null : payload
    },
    panelClosed(state) {
      state.openPanel = null
    },
    dialogOpened(state, { payload }: PayloadAction<DialogName>) {
      state.openDialog = payload
    },
    dialogClosed(state) {
      state.openDialog = null
    },
    noticeShown: {
      prepare: (text: string, tone: Notice['tone'] = 'calm', offer?: Notice['offer']) => ({
        payload: { id: nanoid(), text, tone, offer },
      }),
      reducer(state, { payload }: PayloadAction<Notice>) {
        state.notice = payload
      },
    },
    noticeDismissed(state) {
      state.notice = null
    },
    announced: {
      prepare: (text: string) => ({ payload: { id: nanoid(), text } }),
      reducer(state, { payload }: PayloadAction<{ id: string; text: string }>) {
        state.announcement = payload
      },
    },
    draftChanged(state, { payload }: PayloadAction<{ panel: string; text: string }>) {
      state.drafts = { ...state.drafts, [payload.panel]: payload.text }
    },
    /** What was written after it stays. */
    draftSent(state, { payload: { panel, text } }: PayloadAction<{ panel: string; text: string }>) {
      const draft = state.drafts[panel] ?? ''
      if (draft.startsWith(text)) state.drafts = { ...state.drafts, [panel]: draft.slice(text.length) }
    },
    layoutChanged(state, { payload }: PayloadAction<Partial<OwnLayout>>) {
      state.layout = { ...state.layout, ...payload }
    },
    habitSwitched(state, { payload: { habit, on } }: PayloadAction<{ habit: Habit; on: boolean }>) {
      state.habits[habit] = on
    },
    /** A new stay in a room starts with nothing open and nothing typed. */
    screenCleared: (state) => ({ ...initialState, habits: state.habits }),
  },
})

export const {
  panelToggled,
  panelClosed,
  dialogOpened,
  dialogClosed,
  noticeShown,
  noticeDismissed,
  announced,
  draftChanged,
  draftSent,
  layoutChanged,
  habitSwitched,
  screenCleared,
} = uiSlice.actions
