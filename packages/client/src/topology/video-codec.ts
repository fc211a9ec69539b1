import type { CodecState, VideoCodec } from '@video-meet/protocol'

/** What a person wants their pictures to be encoded with; `auto` leaves it to the server. */
export type CodecChoice = VideoCodec | 'auto'

/** What to encode pictures with, as far as those who are to see them know it, and what goes through the server with. */
export interface CodecsToSend {
  readonly wanted: VideoCodec
  /** Known to everyone in the room, who get the same picture from the server. */
  readonly shared: readonly VideoCodec[]
}

/** What pictures should go out with. */
export function codecsToSend(choice: CodecChoice, { shared, preferred }: CodecState): CodecsToSend {
  return { wanted: choice === 'auto' ? preferred : choice, shared }
}

/** What to send to the server, which everyone has to understand: VP8 when there is anybody who knows nothing better. */
export function codecForAll(
  { wanted, shared }: CodecsToSend,
  canSend: (codec: VideoCodec) => boolean,
): VideoCodec {
  return shared.includes(wanted) && canSend(wanted) ? wanted : 'vp8'
}

/** Whether a codec's name on the wire, such as `video/VP9`, is that of this one. */
export function isCodec(mimeType: string, codec: VideoCodec): boolean {
  return mimeType.toLowerCase() === `video/${codec}`
}
