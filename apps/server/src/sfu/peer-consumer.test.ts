import { EventEmitter } from 'node:events'
import type { ParticipantId } from '@video-meet/protocol'
import type { types } from 'mediasoup'
import { expect, it } from 'vitest'
import type { MediaWorker } from './media-worker.ts'
import { PeerConsumer } from './peer-consumer.ts'
import type { SourceProducer } from './peer-media.ts'

/** What was asked of the worker, by turns. */
async function openConsumer(kind: types.MediaKind) {
  const calls: string[] = []
  const consumer = {
    kind,
    type: 'simulcast',
    paused: true,
    closed: false,
    observer: new EventEmitter(),
    async resume() {
      consumer.paused = false
      calls.push('resume')
    },
    async pause() {
      consumer.paused = true
      calls.push('pause')
    },
    async setPreferredLayers() {
      calls.push('layers')
    },
    async requestKeyFrame() {
      calls.push('key frame')
    },
  }
  const opened = await PeerConsumer.open({
    worker: { call: (_: string, work: Promise<unknown>) => work } as unknown as MediaWorker,
    transport: { consume: async () => consumer } as unknown as types.WebRtcTransport,
    producer: { id: 'p', appData: { source: 'camera' } } as SourceProducer,
    owner: 'ana' as ParticipantId,
    rtpCapabilities: {},
  })
  return { opened, calls }
}

it('flows when its receiver is ready', async () => {
  const { opened, calls } = await openConsumer('video')
  await opened.markReady()
  expect(calls).toEqual(['resume'])
})

it('begins a picture anew for a receiver that is ready once more', async () => {
  const { opened, calls } = await openConsumer('video')
  await opened.markReady()
  await opened.markReady()
  expect(calls).toEqual(['resume', 'key frame'])
})

it('begins nothing anew that has no pictures, or that nobody sees', async () => {
  const sound = await openConsumer('audio')
  await sound.opened.markReady()
  await sound.opened.markReady()
  expect(sound.calls).toEqual(['resume'])
  const hidden = await openConsumer('video')
  await hidden.opened.setLayer(null)
  await hidden.opened.markReady()
  await hidden.opened.markReady()
  expect(hidden.calls).toEqual([])
})
