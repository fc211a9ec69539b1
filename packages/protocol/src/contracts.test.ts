import { describe, expect, expectTypeOf, it } from 'vitest'
import { contracts, isRequestName, type RequestInput, type RequestOutput, requests } from './contracts.ts'
import type { ChatMessage } from './features/chat.ts'

describe('contracts', () => {
  it.each(Object.entries(contracts))(
    '%s names its requests and notifications after itself',
    (subject, contract) => {
      const names = [...Object.keys(contract.requests), ...Object.keys(contract.notifications)]
      expect(names.filter((name) => !name.startsWith(`${subject}.`))).toEqual([])
    },
  )

  it('merges the requests of every subject', () => {
    const all = Object.values(contracts).flatMap((contract) => Object.keys(contract.requests))
    expect(Object.keys(requests)).toEqual(all)
    expectTypeOf<RequestInput<'chat.send'>>().toEqualTypeOf<{ text: string }>()
    expectTypeOf<RequestOutput<'chat.send'>>().toEqualTypeOf<ChatMessage>()
  })

  it.each(['__proto__', 'constructor', 'toString', 'chat.unknown'])('does not know %j', (name) => {
    expect(isRequestName(name)).toBe(false)
  })
})
