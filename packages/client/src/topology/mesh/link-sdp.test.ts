import { expect, it } from 'vitest'
import { withSoundOptions, withStereo } from './link-sdp.ts'

function describeLink(...fmtp: readonly string[]): string {
  const audio = (mid: number) => [
    'm=audio 9 UDP/TLS/RTP/SAVPF 63 111 0',
    `a=mid:${mid}`,
    'a=rtpmap:63 red/48000/2',
    'a=fmtp:63 111/111',
    'a=rtpmap:111 opus/48000/2',
    ...fmtp,
    'a=rtpmap:0 PCMU/8000',
  ]
  const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000', 'a=fmtp:96 max-fs=12288']
  return ['v=0', 's=-', ...audio(0), ...video, ...audio(2), ''].join('\r\n')
}

/** The parameters of Opus in each part. */
const opusIn = (sdp: string) => [...sdp.matchAll(/^a=fmtp:111 (.*)\r$/gm)].map(([, parameters]) => parameters)

it('lets a voice pause, and the sound of a screen be stereo without pauses', () => {
  const sdp = withSoundOptions(describeLink('a=fmtp:111 minptime=10;useinbandfec=1'), false)
  expect(opusIn(sdp)).toEqual(['minptime=10;useinbandfec=1;usedtx=1', 'minptime=10;useinbandfec=1;stereo=1'])
})

it('lets music be stereo without pauses', () => {
  const sdp = withSoundOptions(describeLink('a=fmtp:111 minptime=10;useinbandfec=1'), true)
  expect(opusIn(sdp)[0]).toBe('minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=192000')
})

it('does not do what the other browser would like instead', () => {
  const wishes =
    'a=fmtp:111 maxplaybackrate=48000; stereo=1; usedtx=0; useinbandfec=0; maxaveragebitrate=6000'
  expect(opusIn(withSoundOptions(describeLink(wishes), false))[0]).toBe(
    'maxplaybackrate=48000;useinbandfec=1;usedtx=1',
  )
})

it('says it where the browser says nothing', () => {
  expect(opusIn(withSoundOptions(describeLink(), false))).toEqual([
    'useinbandfec=1;usedtx=1',
    'useinbandfec=1;stereo=1',
  ])
})

it('plays two channels of whatever comes in', () => {
  const once = withStereo(describeLink('a=fmtp:111 minptime=10'))
  expect(opusIn(once)).toEqual(['minptime=10;stereo=1', 'minptime=10;stereo=1'])
  expect(withStereo(once)).toBe(once)
})

it('leaves everything else as it is', () => {
  const sdp = describeLink('a=fmtp:111 minptime=10')
  const without = (text: string) => text.replaceAll(/^a=fmtp:111 .*$/gm, '')
  expect(without(withSoundOptions(sdp, true))).toBe(without(sdp))
  const silent = 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n'
  expect(withStereo(withSoundOptions(silent, true))).toBe(silent)
  const foreign = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=rtpmap:0 PCMU/8000\r\n'
  expect(withStereo(withSoundOptions(foreign, true))).toBe(foreign)
})
