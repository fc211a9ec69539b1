import type { FastifyReply } from 'fastify'
import { describe, expect, it } from 'vitest'
import { expectedVersion, setVersion } from './versions.ts'

function headersFor(output: unknown): Map<string, unknown> {
  const headers = new Map<string, unknown>()
  const reply = { header: (name: string, value: unknown) => headers.set(name, value) }
  setVersion(reply as unknown as FastifyReply, output)
  return headers
}

describe('setVersion', () => {
  it('names the version in the ETag', () => {
    expect(headersFor({ details: { version: 3 } }).get('etag')).toBe('"3"')
  })

  it('tells none to those who may not know it', () => {
    expect(headersFor({ details: null })).toEqual(new Map())
    expect(headersFor({ id: 'x' })).toEqual(new Map())
  })
})

describe('expectedVersion', () => {
  it.each([
    ['"3"', 3],
    [' "12" ', 12],
    ['W/"7"', 7],
    ['*', undefined],
    [undefined, undefined],
  ])('reads %s as %s', (header, version) => {
    expect(expectedVersion(header)).toBe(version)
  })

  it.each(['3', '"x"', '"1", "2"', '"-1"', '"1234567890"', '', 'w/"7"'])('refuses %j', (header) => {
    expect(() => expectedVersion(header)).toThrow(expect.objectContaining({ code: 'bad_request' }))
  })
})
