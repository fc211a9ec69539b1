import swagger, { type SwaggerTransformObject } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { completeDocument } from './route-docs.ts'
import { contentSecurityPolicy } from './security-headers.ts'

const DOCUMENT_PATH = '/api/openapi.json'
const DOCS_PATH = '/api/docs'
const DOCS_STYLE_HASH = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='"

/** Describes every route that is bound after it, as OpenAPI 3.1, and lets people browse it. */
export async function addOpenApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Video Meet',
        version: '1',
        description:
          'REST API of a Video Meet server. What is live in a meeting goes over its socket instead.',
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'The access token of who signed in, or an API token from the profile page.',
          },
        },
      },
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig }),
    transformObject: (document) => completeDocument(withComponents(document)),
  })
  await app.register(swaggerUi, {
    routePrefix: DOCS_PATH,
    staticCSP: docsPolicy(publicUrl),
    theme: {
      title: 'API of Video Meet',
      css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  })
  app.get(DOCUMENT_PATH, { schema: { hide: true } }, async () => app.swagger())
}

type TransformOptions = Parameters<typeof createJsonSchemaTransform>[0]

const zodToJsonConfig: NonNullable<TransformOptions['zodToJsonConfig']> = {
  /** A response may get more fields without being another version, so a client must not count on their absence. */
  override({ zodSchema, jsonSchema }) {
    const { def } = zodSchema._zod
    if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties
  },
}

const withComponents: SwaggerTransformObject = createJsonSchemaTransformObject({ zodToJsonConfig })

/** As everywhere, with the one inline style that the page of the docs adds. */
function docsPolicy(publicUrl: string): Record<string, string[]> {
  const policy = { ...contentSecurityPolicy(publicUrl), styleSrc: ["'self'", DOCS_STYLE_HASH] }
  return Object.fromEntries(
    Object.entries(policy).map(([name, values]) => [name.replace(/[A-Z]/g, '-$&'), values]),
  )
}
