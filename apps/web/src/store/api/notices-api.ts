import { listNotices, readNotices } from '@video-meet/protocol'
import { api } from './api.ts'
import { fromRoutes } from './routes.ts'

/** What the person is told in the app. */
export const noticesApi = api.injectEndpoints({
  endpoints(build) {
    const { pages, change } = fromRoutes(build)
    return {
      notices: pages(listNotices, ['Notice']),
      readNotices: change(readNotices, ['Notice']),
    }
  },
})
