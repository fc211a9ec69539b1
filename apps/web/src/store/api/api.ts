import { createApi } from '@reduxjs/toolkit/query/react'
import { restBaseQuery } from './rest-base-query.ts'

/** What answers are about: a change of one loads again whatever shows it. */
export const TAGS = [
  'ApiToken',
  'Attendee',
  'Audit',
  'Invitation',
  'ManagedUser',
  'Meeting',
  'Notice',
  'Quality',
  'ReceivedInvitation',
  'Server',
  'Session',
  'Settings',
  'Template',
] as const
export type ApiTag = (typeof TAGS)[number]

/** The REST API in the store; `*-api.ts` beside this file add its routes. */
export const api = createApi({
  reducerPath: 'api',
  baseQuery: restBaseQuery,
  tagTypes: TAGS,
  keepUnusedDataFor: 120,
  refetchOnReconnect: true,
  // What is shown may have been changed elsewhere: old answers are shown at once and asked for again.
  refetchOnMountOrArgChange: 5,
  endpoints: () => ({}),
})
