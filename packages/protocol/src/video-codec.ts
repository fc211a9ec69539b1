import * as z from 'zod/mini'
import { defineContract } from './contract.ts'
import { named } from './shapes.ts'

export const VideoCodec = z.enum(['vp8', 'vp9', 'h264', 'av1'])
export type VideoCodec = z.infer<typeof VideoCodec>

/** What pictures that go through the server may be encoded with. */
export const CodecState = named(
  'CodecState',
  z.object({
    /** Everyone in the room can receive these; VP8, which all clients know, is always one of them. */
    shared: z.array(VideoCodec),
    /** To be sent by who has no wish of their own. */
    preferred: VideoCodec,
  }),
)
export type CodecState = z.infer<typeof CodecState>

export const codecContract = defineContract({
  requests: {},
  notifications: { 'codecs.changed': CodecState },
})
