import { expect, it } from 'vitest'
import { toHttpError } from './http-errors.ts'

it('takes a client that goes away in the middle of its request for no fault of the server', () => {
  const aborted = Object.assign(new Error('aborted'), { code: 'ECONNRESET', statusCode: 400 })
  expect(toHttpError(aborted, 'request-1')).toMatchObject({
    status: 400,
    body: { error: { code: 'bad_request' } },
  })
})

it('says nothing about other errors of the system', () => {
  const lost = Object.assign(new Error('read db.internal'), { code: 'ECONNRESET' })
  expect(toHttpError(lost, 'request-1')).toMatchObject({ status: 500, body: { error: { code: 'internal' } } })
})
