import * as z from 'zod/mini'
import { named, whole } from '../shapes.ts'
import { lineOfText, paragraphs } from '../text.ts'
import { MeetingPolicy } from './policy.ts'
import { defineRoute } from './route.ts'

const LIMIT = { burst: 60, perMinute: 120 }

/** Settings under a name, from which meetings are made. */
export const Template = named(
  'Template',
  z.object({
    /** A word for those that are built in, a UUID otherwise. */
    id: z.string(),
    name: z.string(),
    description: z.string(),
    durationMinutes: z.int(),
    policy: MeetingPolicy,
    agenda: z.string(),
    /** `built-in`: comes with the program; `organisation`: of everyone, kept by administrators; `personal`: one's own. */
    kind: z.enum(['built-in', 'organisation', 'personal']),
    /** Whether the reader may change it. */
    editable: z.boolean(),
  }),
)
export type Template = z.infer<typeof Template>

const TemplateSettings = {
  name: lineOfText(80),
  description: paragraphs(500),
  durationMinutes: whole(5, 1440),
  policy: z.strictObject(MeetingPolicy.shape),
  agenda: paragraphs(4000),
}
const IdParams = z.object({ id: z.uuid() })
const EDITABLE = { kind: 'template', rule: 'owner-or-administrator', param: 'id' } as const

export const listTemplates = defineRoute({
  method: 'GET',
  path: '/api/v1/templates',
  summary: 'List the templates that one can use',
  tag: 'templates',
  access: { callers: 'users', scope: 'meetings:read' },
  response: z.object({ items: z.array(Template) }),
  status: 200,
  errors: ['unauthorized', 'forbidden'],
  limit: LIMIT,
})

export const createTemplate = defineRoute({
  method: 'POST',
  path: '/api/v1/templates',
  summary: 'Keep settings as a template; administrators can do it for the organisation',
  tag: 'templates',
  access: { callers: 'users', scope: 'meetings:write' },
  body: z.strictObject({ ...TemplateSettings, kind: z.enum(['organisation', 'personal']) }),
  response: Template,
  status: 201,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'conflict'],
  limit: LIMIT,
  idempotent: true,
})

export const updateTemplate = defineRoute({
  method: 'PATCH',
  path: '/api/v1/templates/:id',
  summary: 'Change a template; meetings made from it stay as they are',
  tag: 'templates',
  access: { callers: 'users', scope: 'meetings:write', object: EDITABLE },
  params: IdParams,
  body: z.partial(z.strictObject(TemplateSettings)),
  response: Template,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'not_found'],
  limit: LIMIT,
})

export const deleteTemplate = defineRoute({
  method: 'DELETE',
  path: '/api/v1/templates/:id',
  summary: 'Delete a template',
  tag: 'templates',
  access: { callers: 'users', scope: 'meetings:write', object: EDITABLE },
  params: IdParams,
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'not_found'],
  limit: LIMIT,
})
