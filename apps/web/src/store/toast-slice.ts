import { createSlice, nanoid, type PayloadAction } from '@reduxjs/toolkit'

/** A sentence shown for a few seconds. */
export interface Toast {
  /** Tells two with the same words apart. */
  readonly id: string
  readonly text: string
  readonly tone: 'calm' | 'error'
}

interface ToastState {
  current: Toast | null
}

const initialState: ToastState = { current: null }

/** What the pages around an account say in passing. */
export const toastSlice = createSlice({
  name: 'toast',
  initialState,
  reducers: {
    toastShown: {
      prepare: (text: string, tone: Toast['tone'] = 'calm') => ({ payload: { id: nanoid(), text, tone } }),
      reducer(state, { payload }: PayloadAction<Toast>) {
        state.current = payload
      },
    },
    toastDismissed(state) {
      state.current = null
    },
  },
})

export const { toastShown, toastDismissed } = toastSlice.actions
