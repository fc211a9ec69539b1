import { type MeetingId, routes } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import { type AccessTokenSource, createRestClient } from './rest-client.ts'

const meeting = {
  id: '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b',
  code: 'abcd-efghjk-mnpq',
  title: 'Planning',
  state: 'open',
  createdAt: '2026-01-01T10:00:00.000Z',
  link: 'https://meet.example/meeting/abcd-efghjk-mnpq',
  schedule: null,
  hasPassword: false,
  join: 'anyone',
  waitingRoom: 'nobody',
  locked: false,
  details: null,
}
const created = { ...meeting, hostToken: null }

function clientAnswering(response: Response | Error) {
  const fetchFake = vi.fn<(url: URL, init: RequestInit) => Promise<Response>>(() =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  )
  const client = createRestClient({ baseUrl: 'https://meet.example', fetch: fetchFake as typeof fetch })
  const request = () => {
    const [url, init] = fetchFake.mock.calls[0] ?? []
    return { url: url?.href, method: init?.method, body: init?.body, headers: init?.headers }
  }
  return { client, request }
}

describe('REST client', () => {
  it('sends the body as JSON and resolves to the checked answer', async () => {
    const { client, request } = clientAnswering(Response.json({ ...created, secret: 1 }, { status: 201 }))
    await expect(client.call(routes.createMeeting, { body: { title: 'Planning' } })).resolves.toEqual(created)
    expect(request()).toEqual({
      url: 'https://meet.example/api/v1/meetings',
      method: 'POST',
      body: '{"title":"Planning"}',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
    })
  })

  it('puts parameters into the path, and sends no body without one', async () => {
    const { client, request } = clientAnswering(Response.json(meeting))
    await client.call(routes.getMeeting, { params: { id: 'a/b' as typeof meeting.id } })
    expect(request()).toMatchObject({
      url: 'https://meet.example/api/v1/meetings/a%2Fb',
      method: 'GET',
      body: undefined,
      headers: { accept: 'application/json' },
    })
  })

  it('throws the error of the server with its request id', async () => {
    const error = { code: 'meeting_not_found', message: 'No such meeting.', requestId: 'r-1' }
    const { client } = clientAnswering(Response.json({ error }, { status: 404 }))
    await expect(client.call(routes.getMeeting, { params: { id: meeting.id } })).rejects.toMatchObject({
      name: 'RestError',
      code: 'meeting_not_found',
      status: 404,
      message: 'No such meeting.',
      requestId: 'r-1',
    })
  })

  it.each([
    { when: 'the network fails', response: new TypeError('Failed to fetch'), code: 'network', status: 0 },
    {
      when: 'the connection is lost while the answer arrives',
      response: new Response(
        new ReadableStream({
          start: (body) => body.error(new TypeError('network error')),
        }),
      ),
      code: 'network',
      status: 0,
    },
    {
      when: 'a proxy answers for a server that is gone',
      response: new Response('<html>', { status: 502 }),
      code: 'network',
      status: 502,
    },
    {
      when: 'an error has another shape',
      response: Response.json({ oops: true }, { status: 500 }),
      code: 'malformed',
      status: 500,
    },
    { when: 'the answer breaks the contract', response: Response.json({}), code: 'malformed', status: 200 },
    { when: 'the answer is no JSON', response: new Response('<html>'), code: 'malformed', status: 200 },
  ])('throws when $when', async ({ response, code, status }) => {
    const { client } = clientAnswering(response)
    await expect(client.call(routes.getMeeting, { params: { id: meeting.id } })).rejects.toMatchObject({
      name: 'RestError',
      code,
      status,
    })
  })

  it('does not report an unexpected exception as a network problem', async () => {
    const { client } = clientAnswering(Response.json({}))
    vi.stubGlobal('AbortSignal', {
      timeout() {
        throw new TypeError('AbortSignal.timeout is not a function')
      },
    })
    const call = client.call(routes.getMeeting, { params: { id: meeting.id } })
    await expect(call).rejects.toThrow('AbortSignal.timeout is not a function')
    vi.unstubAllGlobals()
  })

  it('throws what the caller aborts with', async () => {
    const controller = new AbortController()
    controller.abort(new Error('not needed any more'))
    const { client } = clientAnswering(new DOMException('Aborted.', 'AbortError'))
    await expect(
      client.call(routes.getMeeting, { params: { id: meeting.id } }, { signal: controller.signal }),
    ).rejects.toThrow('not needed any more')
  })

  it('says which version it means to change, and which call it repeats', async () => {
    const { client, request } = clientAnswering(Response.json(created, { status: 201 }))
    await client.call(routes.createMeeting, { body: {} }, { ifMatch: 3, idempotencyKey: 'once-only' })
    expect(request().headers).toMatchObject({
      'if-match': '"3"',
      'idempotency-key': 'once-only',
      'idempotency-secret': expect.stringMatching(/^[\da-f]{48}$/) as string,
    })
  })

  it('sends bytes as they are, with their media type', async () => {
    const { client, request } = clientAnswering(Response.json({}, { status: 422 }))
    const upload = new Blob(['picture'], { type: 'image/png' })
    await expect(client.call(routes.setAvatar, { upload })).rejects.toThrow(/status 422/)
    const { body, headers } = request()
    expect(headers).toMatchObject({ 'content-type': 'image/png' })
    expect(new TextDecoder().decode(body as ArrayBuffer)).toBe('picture')
  })

  it('resolves to nothing for an answer without content, and to text where the route has text', async () => {
    const nothing = clientAnswering(new Response(null, { status: 204 }))
    await expect(nothing.client.call(routes.logout, {})).resolves.toBeUndefined()
    const csv = clientAnswering(new Response('name\r\nAna'))
    const params = { id: meeting.id as MeetingId }
    await expect(csv.client.call(routes.exportAttendees, { params })).resolves.toBe('name\r\nAna')
    expect(csv.request().headers).toMatchObject({ accept: 'text/csv' })
  })

  it('hands over the details of an error', async () => {
    const error = { code: 'bad_request', message: 'No.', details: { field: 'email' } }
    const { client } = clientAnswering(Response.json({ error }, { status: 400 }))
    const body = { email: 'a@b.example' }
    await expect(client.call(routes.requestPasswordReset, { body })).rejects.toMatchObject({
      details: { field: 'email' },
    })
  })
})

describe('REST client with tokens', () => {
  const unauthorized = () =>
    Response.json({ error: { code: 'unauthorized', message: 'Sign in first.' } }, { status: 401 })

  function clientWith(tokens: AccessTokenSource, ...answers: Response[]) {
    const sent: (string | undefined)[] = []
    const fetchFake = (_: URL, { headers }: RequestInit) => {
      sent.push((headers as Record<string, string>)['authorization'])
      return Promise.resolve(answers.shift() ?? unauthorized())
    }
    const client = createRestClient({
      baseUrl: 'https://meet.example',
      fetch: fetchFake as typeof fetch,
      accessToken: tokens,
    })
    return { client, sent }
  }

  it('calls once more with another token when the first is refused', async () => {
    const tokens: AccessTokenSource = (refused) => Promise.resolve(refused === 'old' ? 'new' : 'old')
    const { client, sent } = clientWith(tokens, unauthorized(), Response.json({ items: [] }))
    await expect(client.call(routes.listSessions, {})).resolves.toEqual({ items: [] })
    expect(sent).toEqual(['Bearer old', 'Bearer new'])
  })

  it('gives up after the second refusal, and at once when there is no other token', async () => {
    const always: AccessTokenSource = (refused) => Promise.resolve(`${refused}+`)
    const twice = clientWith(always)
    await expect(twice.client.call(routes.listSessions, {})).rejects.toMatchObject({ code: 'unauthorized' })
    expect(twice.sent).toHaveLength(2)
    const one: AccessTokenSource = (refused) => Promise.resolve(refused === undefined ? 'only' : undefined)
    const once = clientWith(one)
    await expect(once.client.call(routes.listSessions, {})).rejects.toMatchObject({ code: 'unauthorized' })
    expect(once.sent).toHaveLength(1)
  })

  it('calls as a stranger what strangers may call when the session cannot be renewed', async () => {
    const failing: AccessTokenSource = () => Promise.reject(new Error('no network'))
    const { client, sent } = clientWith(failing, Response.json(meeting))
    await expect(client.call(routes.getMeeting, { params: { id: meeting.id } })).resolves.toEqual(meeting)
    expect(sent).toEqual([undefined])
    await expect(client.call(routes.listSessions, {})).rejects.toThrow('no network')
  })
})
