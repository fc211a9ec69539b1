import { createTemplate, deleteTemplate, listTemplates, updateTemplate } from '@video-meet/protocol'
import { api } from './api.ts'
import { fromRoutes } from './routes.ts'

/** Settings under a name, from which meetings are made. */
export const templatesApi = api.injectEndpoints({
  endpoints(build) {
    const { read, change } = fromRoutes(build)
    return {
      templates: read(listTemplates, ['Template']),
      createTemplate: change(createTemplate, ['Template']),
      updateTemplate: change(updateTemplate, ['Template']),
      deleteTemplate: change(deleteTemplate, ['Template']),
    }
  },
})
