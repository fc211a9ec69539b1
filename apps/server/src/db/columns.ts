import { p } from '@mikro-orm/core'

/** A point in time, in UTC and to the millisecond on every dialect; MySQL alone would keep whole seconds. */
export const timestamp = () => p.datetime().length(3)
