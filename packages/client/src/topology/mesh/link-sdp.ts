/*
 * What WebRTC says about its encoders only in the text of a description.
 */

/** The description of the other end, so that this end's voice falls silent with its speaker and survives small losses. */
export function withVoiceOptions(sdp: string): string {
  const payloadType = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1]
  if (payloadType === undefined) return sdp
  const fmtp = new RegExp(`^a=fmtp:${payloadType} (.*?)\\r?$`, 'm')
  return sdp.replace(fmtp, (_, parameters: string) => {
    const kept = parameters.split(';').filter((one) => !/^(usedtx|useinbandfec)=/.test(one.trim()))
    return `a=fmtp:${payloadType} ${[...kept, 'useinbandfec=1', 'usedtx=1'].join(';')}\r`
  })
}
