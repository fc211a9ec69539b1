import * as z from 'zod/mini'
import { defineRoute } from './route.ts'

export const getHealth = defineRoute({
  method: 'GET',
  path: '/healthz',
  summary: 'Check whether the process works, or only a restart helps',
  tag: 'health',
  access: { callers: 'anyone' },
  response: z.object({ status: z.literal('ok') }),
  status: 200,
  errors: ['unavailable'],
  limit: { burst: 600, perMinute: 600 },
})

export const getReadiness = defineRoute({
  method: 'GET',
  path: '/readyz',
  summary: 'Tell whether the server can take meetings',
  tag: 'health',
  access: { callers: 'anyone' },
  response: z.object({ status: z.literal('ready') }),
  status: 200,
  errors: ['unavailable'],
  limit: { burst: 600, perMinute: 600 },
})
