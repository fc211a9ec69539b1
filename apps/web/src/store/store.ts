import { configureStore } from '@reduxjs/toolkit'
import { meetingSlice } from './meeting-slice.ts'
import { uiSlice } from './ui-slice.ts'

/** A store for one page load. */
export function createAppStore() {
  return configureStore({
    reducer: { meeting: meetingSlice.reducer, ui: uiSlice.reducer },
  })
}

export type AppStore = ReturnType<typeof createAppStore>
export type AppState = ReturnType<AppStore['getState']>
export type AppDispatch = AppStore['dispatch']
