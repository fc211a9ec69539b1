import { expect, it, vi } from 'vitest'
import { preferredCodecs } from './link-codecs.ts'

it('puts those first that calls go with best, and keeps the others in their order', () => {
  const offered: Record<string, string[]> = {
    audio: ['audio/opus', 'audio/PCMU', 'audio/red'],
    video: ['video/H264', 'video/rtx', 'video/VP8', 'video/AV1'],
  }
  vi.stubGlobal('RTCRtpReceiver', {
    getCapabilities: (kind: string) => ({ codecs: offered[kind]?.map((mimeType) => ({ mimeType })) }),
  })
  const names = (kind: 'audio' | 'video') => preferredCodecs(kind).map(({ mimeType }) => mimeType)
  expect(names('audio')).toEqual(['audio/red', 'audio/opus', 'audio/PCMU'])
  expect(names('video')).toEqual(['video/VP8', 'video/H264', 'video/rtx', 'video/AV1'])
})

it('prefers nothing where the browser does not tell what it has', () => {
  vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => null })
  expect(preferredCodecs('video')).toEqual([])
})
