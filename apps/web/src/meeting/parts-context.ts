import { createContext } from 'react'
import type * as Parts from './room-rest.ts'

/** The parts of the room that come later than the first picture; null until they are there. */
export const PartsContext = createContext<typeof Parts | null>(null)
