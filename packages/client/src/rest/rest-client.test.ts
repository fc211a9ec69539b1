import { routes } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import { createRestClient } from './rest-client.ts'

const meeting = {
  id: '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b',
  code: 'abcd-efghjk-mnpq',
  title: 'Planning',
  createdAt: '2026-01-01T10:00:00.000Z',
  link: 'https://meet.example/meeting/abcd-efghjk-mnpq',
}

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
    const { client, request } = clientAnswering(Response.json({ ...meeting, secret: 1 }, { status: 201 }))
    await expect(client.call(routes.createMeeting, { body: { title: 'Planning' } })).resolves.toEqual(meeting)
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

  it('throws what the caller aborts with', async () => {
    const controller = new AbortController()
    controller.abort(new Error('not needed any more'))
    const { client } = clientAnswering(new DOMException('Aborted.', 'AbortError'))
    await expect(
      client.call(routes.getMeeting, { params: { id: meeting.id } }, { signal: controller.signal }),
    ).rejects.toThrow('not needed any more')
  })
})
