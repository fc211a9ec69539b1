import type { TrackSource } from '@video-meet/protocol'
import { describe, expect, it, vi } from 'vitest'
import { type CallPlace, idOf, openCallPlace, publish, sentBy, tracksSeen } from './call-place.ts'
import type { Person } from './meeting-place.ts'

/** A host, a moderator and a guest. */
async function openCall(options?: Parameters<typeof openCallPlace>[0]) {
  const place = await openCallPlace(options)
  const hal = await place.arrive('Hal', { role: 'host' })
  const mia = await place.arrive('Mia', { role: 'moderator' })
  const ana = await place.arrive('Ana')
  return { place, hal, mia, ana }
}

/** The media worker takes its time with one of somebody's next requests. @returns what lets it go on */
function holdMedia(place: CallPlace, person: Person, name: 'produce' | 'setMuted') {
  const { media } = place.seatOf(person)
  if (!media) throw new Error('no media session')
  const worker = media as unknown as Record<typeof name, (...input: unknown[]) => Promise<unknown>>
  const work = worker[name].bind(media)
  const { promise, resolve } = Promise.withResolvers<void>()
  const held = vi.spyOn(worker, name).mockImplementationOnce(async (...input: unknown[]) => {
    await promise
    return work(...input)
  })
  return { release: resolve, isHeld: () => vi.waitFor(() => expect(held).toHaveBeenCalled()) }
}

describe('what somebody just begins to send', () => {
  it.each(['microphone', 'camera'] as const)(
    'from the %s is held back when it is stopped then',
    async (source) => {
      const { place, mia, ana } = await openCall()
      const worker = holdMedia(place, ana, 'produce')
      const published = publish(ana, source)
      await worker.isHeld()
      await mia.room.features.moderation.stop(idOf(ana), source)
      worker.release()
      await published
      expect(sentBy(place, ana)).toEqual({ [source]: true })
      await vi.waitFor(() => expect(tracksSeen(mia, ana)).toEqual({ [source]: true }))
    },
  )

  it('is held back when all are muted then', async () => {
    const { place, mia, ana } = await openCall()
    const worker = holdMedia(place, ana, 'produce')
    const published = publish(ana, 'microphone')
    await worker.isHeld()
    await mia.room.features.moderation.muteAll()
    worker.release()
    await published
    expect(sentBy(place, ana)).toEqual({ microphone: true })
  })

  it('from their screen is taken away when it is stopped then', async () => {
    const { place, mia, ana } = await openCall()
    const worker = holdMedia(place, ana, 'produce')
    const published = publish(ana, 'screen')
    await worker.isHeld()
    await mia.room.features.moderation.stop(idOf(ana), 'screen')
    worker.release()
    await published.catch(() => undefined)
    expect(sentBy(place, ana)).toEqual({})
    expect(tracksSeen(mia, ana)).toEqual({})
  })

  it('is seen by nobody any more when it was taken away while they muted it', async () => {
    const { place, mia, ana } = await openCall()
    const source: TrackSource = 'screen-audio'
    await publish(ana, source)
    const worker = holdMedia(place, ana, 'setMuted')
    const muted = ana.session.signaling.request('track.setMuted', { source, muted: true })
    await worker.isHeld()
    await mia.room.features.moderation.stop(idOf(ana), source)
    worker.release()
    await muted.catch(() => undefined)
    expect(place.seatOf(ana).tracks.size).toBe(0)
    await vi.waitFor(() => expect(tracksSeen(mia, ana)).toEqual({}))
  })
})
