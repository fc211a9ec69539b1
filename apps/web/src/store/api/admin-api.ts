import {
  createUser,
  deleteUser,
  getSettings,
  listAudit,
  listUsers,
  updateSettings,
  updateUser,
} from '@video-meet/protocol'
import { api } from './api.ts'
import { fromRoutes } from './routes.ts'

/** What administrators see and change. */
export const adminApi = api.injectEndpoints({
  endpoints(build) {
    const { read, pages, change } = fromRoutes(build)
    return {
      users: pages(listUsers, ['ManagedUser']),
      createUser: change(createUser, ['ManagedUser', 'Audit']),
      updateUser: change(updateUser, ['ManagedUser', 'Audit']),
      deleteUser: change(deleteUser, ['ManagedUser', 'Audit']),
      settings: read(getSettings, ['Settings']),
      updateSettings: change(updateSettings, ['Settings', 'Server', 'Audit']),
      audit: pages(listAudit, ['Audit']),
    }
  },
})
