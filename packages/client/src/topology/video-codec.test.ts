import type { VideoCodec } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { codecForAll, codecsToSend } from './video-codec.ts'

const everything = () => true
const state = (preferred: VideoCodec, ...shared: VideoCodec[]) => ({ preferred, shared })

it('sends what the server prefers, or what the person chose', () => {
  expect(codecForAll(codecsToSend('auto', state('vp9', 'vp8', 'vp9')), everything)).toBe('vp9')
  expect(codecForAll(codecsToSend('h264', state('vp9', 'vp8', 'vp9', 'h264')), everything)).toBe('h264')
  expect(codecForAll(codecsToSend('vp8', state('vp9', 'vp8', 'vp9')), everything)).toBe('vp8')
})

it('sends VP8 when somebody can receive nothing better, or this browser send nothing better', () => {
  expect(codecForAll(codecsToSend('av1', state('vp9', 'vp8', 'vp9')), everything)).toBe('vp8')
  expect(codecForAll(codecsToSend('vp9', state('vp8', 'vp8', 'vp9')), (codec) => codec !== 'vp9')).toBe('vp8')
})

it('goes by the wish alone between two, who find out for themselves what they share', () => {
  expect(codecsToSend('av1', state('vp8', 'vp8')).wanted).toBe('av1')
})
