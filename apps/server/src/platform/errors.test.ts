import { describe, expect, it } from 'vitest'
import { AppError, toErrorBody } from './errors.ts'

describe('toErrorBody', () => {
  it('shows code, message and details of an AppError but not its cause', () => {
    const error = new AppError('conflict', 'Taken.', {
      details: { field: 'code' },
      cause: new Error('UNIQUE constraint'),
    })
    expect(toErrorBody(error, 'r-1')).toEqual({
      code: 'conflict',
      message: 'Taken.',
      details: { field: 'code' },
      requestId: 'r-1',
    })
    expect(error.cause).toBeInstanceOf(Error)
  })

  it.each([new TypeError('password is hunter2'), 'text', undefined, { code: 'forbidden', message: 'x' }])(
    'says nothing about an unknown error (%o)',
    (error) => {
      expect(toErrorBody(error)).toEqual({ code: 'internal', message: 'Something went wrong on the server.' })
    },
  )
})
