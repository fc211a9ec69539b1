import { type CallSample, CallStats, type Room } from '@video-meet/client'
import { useStore } from '../../lib/use-store.ts'
import { type WatchedStore, whileWatched } from '../../lib/while-watched.ts'
import { useRoom } from '../../room/room-context.tsx'

const statsOf = new WeakMap<Room, WatchedStore<CallSample | null, CallStats>>()

/** The newest figures of this call; all who look share one measurement. Null before the first. */
export function useCallSample(): CallSample | null {
  return useStore(callStatsOf(useRoom()))
}

/** What measures a call, for as long as anybody looks. */
export function callStatsOf(room: Room): WatchedStore<CallSample | null, CallStats> {
  const known = statsOf.get(room)
  if (known) return known
  const stats = whileWatched<CallSample | null, CallStats>({
    open: () => new CallStats(room),
    storeOf: ({ sample }) => sample,
    initial: null,
  })
  statsOf.set(room, stats)
  return stats
}
