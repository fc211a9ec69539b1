import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { AuthState as SessionState } from '@video-meet/client'

/** Who is signed in, as the SDK's session knows it. */
export type AuthState = SessionState

const initialState: AuthState = { status: 'unknown', failure: null }

/** Written by the session bridge only. */
export const authSlice = createSlice({
  name: 'auth',
  initialState: initialState as AuthState,
  reducers: {
    authChanged: (_, { payload }: PayloadAction<AuthState>) => payload,
  },
})

export const { authChanged } = authSlice.actions
