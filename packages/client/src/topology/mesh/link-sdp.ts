/*
 * What WebRTC says about its encoders only in the text of a description.
 */

/** The first sound of a link is the microphone, the other that of a screen. */
const OPUS = /^a=rtpmap:(\d+) opus\/48000/im
/** What of another browser's wishes does not count here. */
const DECIDED_HERE = /^(?:stereo|usedtx|useinbandfec|maxaveragebitrate)=/
const VOICE = ['useinbandfec=1', 'usedtx=1']
const MUSIC = ['useinbandfec=1', 'stereo=1', 'maxaveragebitrate=192000']
/** Music and films: no pauses where a voice would have them. */
const SCREEN = ['useinbandfec=1', 'stereo=1']

/**
 * The description of the other end, so that this end's sound survives small losses, and a voice falls silent with its
 * speaker.
 *
 * @param music whether the microphone was opened for music
 */
export function withSoundOptions(sdp: string, music: boolean): string {
  const microphone = music ? MUSIC : VOICE
  return editOpus(sdp, (parameters, index) => [
    ...parameters.filter((one) => !DECIDED_HERE.test(one)),
    ...(index === 0 ? microphone : SCREEN),
  ])
}

/** The own description, so that what comes in with two channels is played with two. */
export function withStereo(sdp: string): string {
  return editOpus(sdp, (parameters) =>
    parameters.includes('stereo=1') ? parameters : [...parameters, 'stereo=1'],
  )
}

/** Changes the parameters of Opus in each part of a description that is about sound. */
function editOpus(sdp: string, edit: (parameters: string[], index: number) => string[]): string {
  let index = 0
  return sdp
    .split(/^(?=m=)/m)
    .map((part) => {
      if (!part.startsWith('m=audio')) return part
      const place = index++
      const payloadType = OPUS.exec(part)?.[1]
      if (payloadType === undefined) return part
      const line = new RegExp(`^a=fmtp:${payloadType} (.*?)(?=\\r?$)`, 'm')
      const parameters =
        line
          .exec(part)?.[1]
          ?.split(';')
          .map((one) => one.trim()) ?? []
      const edited = `a=fmtp:${payloadType} ${edit(parameters, place).join(';')}`
      if (line.test(part)) return part.replace(line, edited)
      return part.replace(/^a=rtpmap:\d+ opus.*$/im, (rtpmap) => `${rtpmap}\r\n${edited}`)
    })
    .join('')
}
