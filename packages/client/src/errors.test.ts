import { expect, it } from 'vitest'
import { JoinError, RestError, SignalingError } from './errors.ts'

it.each([
  [new SignalingError('room_full', ''), 'room_full'],
  [new SignalingError('bad_request', '', { details: [{ path: 'name', message: '' }] }), 'bad_name'],
  [new SignalingError('bad_request', '', { details: [{ path: 'code', message: '' }] }), 'internal'],
  [new SignalingError('bad_request', ''), 'internal'],
  [SignalingError.timeout('room.join'), 'unreachable'],
  [SignalingError.disconnected('room.join'), 'unreachable'],
  [SignalingError.closed(), 'aborted'],
  [SignalingError.malformed('room.join', undefined), 'internal'],
  [new RestError('', { code: 'network', status: 0 }), 'unreachable'],
  [new RestError('', { code: 'media_unavailable', status: 503 }), 'media_unavailable'],
  [new DOMException('', 'AbortError'), 'aborted'],
  [new TypeError('a bug'), 'internal'],
])('knows what %s means for joining', (error, reason) => {
  expect(JoinError.from(error)).toMatchObject({ name: 'JoinError', reason })
})

it('keeps a join error as it is', () => {
  const error = JoinError.badName()
  expect(JoinError.from(error)).toBe(error)
})
