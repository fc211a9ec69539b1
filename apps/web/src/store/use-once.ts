import { nanoid } from '@reduxjs/toolkit'
import { useCallback, useRef } from 'react'

/** Creates something from `body`; `idempotencyKey` goes with the call. */
type Create<Made> = (idempotencyKey: string) => Promise<Made>

/**
 * Makes creates repeatable: a second try with the same body after a lost answer has the same key, so that nothing is
 * created twice. After a success, the same body is a new create.
 */
export function useOnce(): <Made>(body: unknown, create: Create<Made>) => Promise<Made> {
  const last = useRef({ body: '', key: '' })
  return useCallback(async (body, create) => {
    const written = JSON.stringify(body)
    // Browsers make UUIDs on secure pages only; this page may be on plain http in somebody's own network.
    if (last.current.body !== written) last.current = { body: written, key: nanoid() }
    const made = await create(last.current.key)
    last.current = { body: '', key: '' }
    return made
  }, [])
}
