import {
  CHECK_NAMESPACE,
  checkContract,
  type Contract,
  contracts,
  ErrorCode,
  type FeatureContract,
  httpStatus,
  MAX_MESSAGE_BYTES,
  LOBBY_NAMESPACE,
  MEETING_NAMESPACE,
  PROTOCOL_VERSION,
  type RequestLimit,
  type Route,
  routes,
  waitingContract,
} from '@video-meet/protocol'
import * as z from 'zod/mini'

/** The whole wire as one Markdown page, made from the contracts. */
export function protocolPage(): string {
  const shapes = new Map<string, JsonSchema>()
  const subjects = Object.entries(contracts).map(([name, contract]) => subject(name, contract, shapes))
  const waiting = subject('waiting', waitingContract, shapes)
  const check = subject('check', checkContract, shapes)
  return `${[head(), ...subjects, lobby(), waiting, checking(), check, named(shapes), rest(), errors()].join('\n\n')}\n`
}

function head(): string {
  return `# Protocol

Generated from \`packages/protocol\` by \`npm run docs\`; do not edit. Protocol version ${PROTOCOL_VERSION}.

## The socket

Socket.IO, WebSocket only, namespace \`${MEETING_NAMESPACE}\`, handshake \`{ protocolVersion: ${PROTOCOL_VERSION} }\`. Two events:

- client → server: \`request(name, input, requestId, acknowledge)\`. The acknowledgement is \`{ ok: true, data }\` or \`{ ok: false, error }\`.
  A request that is sent again with the same \`requestId\` is answered from memory.
- server → client: \`notification(name, payload)\`.

A message may have ${MAX_MESSAGE_BYTES} bytes at most. Unknown keys in a request are refused; clients ignore unknown keys in what they receive.`
}

function lobby(): string {
  return `## The waiting room

Namespace \`${LOBBY_NAMESPACE}\`, the same handshake and events. Who waits hears nothing of the meeting; whoever is let in gets a ticket
for one \`room.join\` over a connection of its own.`
}

function checking(): string {
  return `## The connection test

Namespace \`${CHECK_NAMESPACE}\`, the same handshake and events. Anyone may test whether media gets to the server and back before joining
anything.`
}

/** Shapes that are used by name; they are described once, after the subjects. */
type Shapes = Map<string, JsonSchema>

function subject(name: string, contract: Contract, shapes: Shapes): string {
  const shape = (title: string, schema: z.ZodMiniType) => describe(title, schema, shapes)
  const parts = [`### ${name}`]
  for (const [request, { input, output, limit }] of Object.entries(contract.requests)) {
    parts.push(
      `#### \`${request}\` (request, ${rate(limit)})`,
      shape('Input', input),
      shape('Output', output),
    )
  }
  for (const [notification, payload] of Object.entries(contract.notifications)) {
    parts.push(`#### \`${notification}\` (notification)`, shape('Payload', payload))
  }
  if (isFeature(contract))
    parts.push(`#### State in the snapshot of the room`, shape('Snapshot', contract.snapshot))
  return parts.join('\n\n')
}

function isFeature(contract: Contract): contract is FeatureContract {
  return 'snapshot' in contract
}

function rest(): string {
  const rows = routesByAddress().map(
    ({ method, path, summary, limit }) => `| \`${method} ${path}\` | ${summary} | ${rate(limit)} |`,
  )
  return `## REST

Shapes and examples: \`/api/docs\` of a running server.

| Route | | Limit per caller |
| --- | --- | --- |
${rows.join('\n')}`
}

function errors(): string {
  const rows = ErrorCode.options.map((code) => `| \`${code}\` | ${httpStatus(code)} |`)
  return `## Errors

REST answers with \`{ "error": { code, message, details?, requestId? } }\`, the socket with the same \`error\`.

| Code | HTTP status |
| --- | --- |
${rows.join('\n')}`
}

function rate({ burst, perMinute }: RequestLimit): string {
  return `${burst} at once, ${perMinute} a minute`
}

function describe(title: string, schema: z.ZodMiniType, shapes: Shapes): string {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
  for (const [name, shape] of Object.entries(json.$defs ?? {})) shapes.set(name, shape)
  if (typeof json.id === 'string') shapes.set(json.id, json)
  return block(title, typeof json.id === 'string' ? json.id : print(json, ''))
}

function named(shapes: Shapes): string {
  const sorted = [...shapes].toSorted(([a], [b]) => a.localeCompare(b))
  return ['### Shapes', ...sorted.map(([name, shape]) => block(name, print(shape, '')))].join('\n\n')
}

function block(title: string, text: string): string {
  return text.includes('\n') ? `${title}:\n\n\`\`\`ts\n${text}\n\`\`\`` : `${title}: \`${text}\``
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** A JSON schema in the notation of TypeScript: what people read fastest. */
function print(schema: JsonSchema, indent: string): string {
  if (schema.$ref) return schema.$ref.replace('#/$defs/', '')
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return alternatives.map((one) => print(one as JsonSchema, indent)).join(' | ')
  if (schema.type === 'array') return `${grouped(print((schema.items ?? {}) as JsonSchema, indent))}[]`
  if (schema.type === 'object') return printObject(schema, indent)
  return printScalar(schema)
}

function printScalar({ type, format, maxLength }: JsonSchema): string {
  const note = format ?? (maxLength === undefined ? '' : `≤ ${maxLength}`)
  return `${[type ?? 'unknown'].flat().join(' | ')}${note === '' ? '' : ` /* ${note} */`}`
}

function grouped(text: string): string {
  return text.includes(' | ') ? `(${text})` : text
}

function printObject(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  indent: string,
): string {
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([name, property]) => {
    const optional = required.includes(name) ? '' : '?'
    return `${inner}${name}${optional}: ${print(property as JsonSchema, inner)}`
  })
  if (typeof additionalProperties === 'object') {
    lines.push(`${inner}[name: string]: ${print(additionalProperties as JsonSchema, inner)}`)
  }
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}

/** Modules list their exports in an order of their own. */
function routesByAddress(): Route[] {
  const address = ({ path, method }: Route) => `${path} ${method}`
  return Object.values<Route>(routes).toSorted((a, b) => (address(a) < address(b) ? -1 : 1))
}
