import type { ReceivedTrack, Way } from './received-media.ts'

/** So many decoded pictures show that a way works: the first ones come late and unevenly. */
const ENOUGH_FRAMES = 3

/** Looks whether something has arrived: pictures that were decoded, or any sound. */
async function hasArrived(receiver: RTCRtpReceiver | undefined): Promise<boolean> {
  if (!receiver) return false
  const { kind, muted } = receiver.track
  if (kind === 'audio' && muted) return false
  const stats = await receiver.getStats()
  for (const report of stats.values() as Iterable<{
    type: string
    packetsReceived?: number
    framesDecoded?: number
  }>) {
    const { type, packetsReceived = 0, framesDecoded = 0 } = report
    // There is one for each stream that ever came, those that have ended too.
    const isEnough = kind === 'audio' ? packetsReceived > 0 : framesDecoded >= ENOUGH_FRAMES
    if (type === 'inbound-rtp' && isEnough) return true
  }
  return false
}

/** Marks the ways on which tracks have begun to arrive. @returns whether any was new */
export async function markArrivals(
  tracks: readonly ReceivedTrack[],
  receiverOf: (track: ReceivedTrack, way: Way) => RTCRtpReceiver | undefined,
): Promise<boolean> {
  const looks = tracks.flatMap((track) =>
    (['links', 'sfu'] as const)
      .filter((way) => track.ways[way] && !track.flows[way] && track.muted === false)
      .map(async (way) => {
        const receiver = receiverOf(track, way)
        // A track that was replaced while this looked has to be looked at again.
        const before = track.ways[way]
        if (!(await hasArrived(receiver)) || track.ways[way] !== before) return false
        track.flows[way] = true
        return true
      }),
  )
  return (await Promise.all(looks)).includes(true)
}
