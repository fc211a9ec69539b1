import { ParticipantId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { FakeTrack } from '../testing/fake-track.ts'
import { chooseTrack, ReceivedMedia, type ReceivedTrack } from './received-media.ts'

const ben = ParticipantId.parse(crypto.randomUUID())
const [overLink, fromServer] = [new FakeTrack('video'), new FakeTrack('video')]

function track(
  here: { readonly links?: boolean; readonly sfu?: boolean },
  change: Partial<Pick<ReceivedTrack, 'muted' | 'flows'>> = {},
): ReceivedTrack {
  const ways = { links: here.links ? overLink : null, sfu: here.sfu ? fromServer : null }
  const flows = { links: false, sfu: false }
  return { participantId: ben, source: 'camera', muted: false, shown: null, ways, flows, ...change }
}

it('plays nothing that does not come at all, and on whatever way it does come', () => {
  expect(chooseTrack(track({}), 'sfu')).toBe(null)
  expect(chooseTrack(track({ links: true }), 'sfu')).toBe(overLink)
  expect(chooseTrack(track({ sfu: true }), 'links')).toBe(fromServer)
})

it('stays on the other way until something arrives on the one that was decided', () => {
  const both = { links: true, sfu: true }
  expect(chooseTrack(track(both, { flows: { links: true, sfu: false } }), 'sfu')).toBe(overLink)
  expect(chooseTrack(track(both, { flows: { links: true, sfu: true } }), 'sfu')).toBe(fromServer)
  expect(chooseTrack(track(both, { flows: { links: false, sfu: true } }), 'links')).toBe(fromServer)
})

it('does not wait where nothing arrives anyway', () => {
  const both = { links: true, sfu: true }
  expect(chooseTrack(track(both), 'links')).toBe(overLink)
  expect(chooseTrack(track(both, { muted: true, flows: { links: true, sfu: false } }), 'sfu')).toBe(
    fromServer,
  )
})

it('forgets what is neither listed nor comes nor is shown', () => {
  const media = new ReceivedMedia()
  const camera = media.of(ben, 'camera')
  expect(media.of(ben, 'camera')).toBe(camera)
  camera.muted = true
  media.forgetUnused()
  expect(media.all).toEqual([camera])
  Object.assign(camera, { muted: null, shown: overLink })
  media.forgetUnused()
  expect(media.all).toEqual([camera])
  camera.shown = null
  media.forgetUnused()
  expect(media.all).toEqual([])
})
