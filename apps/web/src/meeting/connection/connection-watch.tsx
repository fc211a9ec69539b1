import { reportStats } from '@video-meet/client'
import { useEffect, useRef } from 'react'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch } from '../../store/hooks.ts'
import { noticeShown } from '../../store/ui-slice.ts'
import { callStatsOf, useCallSample } from './call-stats-of.ts'
import { connectionText } from './text.ts'

/** Who has been told is not told again soon. */
const TOLD_AGAIN_MS = 120_000

/** Keeps the measuring going while the room is open, tells the server, and says when one's own connection is poor and what helps. */
export function ConnectionWatch() {
  const own = useCallSample()?.own
  const room = useRoom()
  const dispatch = useAppDispatch()
  const toldAt = useRef<number | null>(null)
  const advice = own?.level === 'poor' && own.problem !== 'away' ? own.advice : null

  useEffect(() => {
    const { stats } = room.features
    return reportStats({
      sample: callStatsOf(room),
      quality: room.quality,
      report: (one) => stats.report(one),
    })
  }, [room])

  useEffect(() => {
    const words = advice && connectionText.ownAdvice(advice)
    const now = Date.now()
    if (words === null || (toldAt.current !== null && now - toldAt.current < TOLD_AGAIN_MS)) return
    toldAt.current = now
    dispatch(noticeShown(words))
  }, [advice, dispatch])
  return null
}
