import type { Advice } from '@video-meet/client'
import type { QualityLevel, QualityProblem, TopologyReason, TrackSource } from '@video-meet/protocol'

const WHY: Readonly<Record<TopologyReason, string>> = {
  few_people: 'Sound and pictures go through the server.',
  many_people:
    'Sound and pictures go through the server, because there are too many people to send to each of them.',
  setting: 'Sound and pictures go through the server, as this meeting or its server wants it.',
  moderation: 'Sound and pictures go through the server, because a moderator stopped what somebody sends.',
  receive_only: 'Sound and pictures go through the server, because somebody here may only listen or watch.',
  no_links: 'Sound and pictures go through the server, because somebody’s app cannot connect directly.',
  link_failed: 'Sound and pictures go through the server, because two of you could not connect directly.',
  limited: 'Sound and pictures go through the server, because it is too much for somebody to send to each.',
  phone: 'Sound and pictures go through the server, because somebody is on a phone.',
}

const OWN_SLOW = 'Your connection is slow:'

const OWN_ADVICE: Readonly<Record<Exclude<Advice, 'theirs'>, string>> = {
  camera_off: `${OWN_SLOW} turn your camera off to be heard better.`,
  better_network: `${OWN_SLOW} move closer to your Wi-Fi, or use a cable.`,
  close_programs: 'Your computer has too much to do: close other programs and tabs.',
  wait: 'Your connection is lost and is being restored.',
}

/** Words about how well people are connected. */
export const connectionText = {
  title: 'Connection',
  yours: 'You',
  direct: 'Sound and pictures go from browser to browser, not through the server.',
  why: WHY,
  level: { good: 'Good', fair: 'Fair', poor: 'Poor', lost: 'Lost' } satisfies Record<QualityLevel, string>,
  /** Of a tile, for who cannot see the icon. */
  mark: (level: QualityLevel) => `connection ${connectionText.level[level].toLowerCase()}`,
  problem: {
    loss: 'Some of what is sent is lost on the way.',
    delay: 'What is sent takes long to arrive.',
    jitter: 'What is sent arrives unevenly.',
    freezes: 'The picture stops again and again.',
    gaps: 'The sound has gaps.',
    bandwidth: 'The network carries less than what there is to send.',
    cpu: 'This computer is busy.',
    silence: 'Nothing arrives.',
    away: 'The line is lost.',
  } satisfies Record<QualityProblem, string>,
  advice: (advice: Advice, name: string) => {
    if (advice === 'theirs') return `${name}’s connection is slow. They could turn their camera off.`
    if (advice === 'wait') return `${name}’s connection is lost and is being restored.`
    return OWN_ADVICE[advice]
  },
  ownAdvice: (advice: Advice) => (advice === 'theirs' ? null : OWN_ADVICE[advice]),
  source: {
    microphone: 'Microphone',
    camera: 'Camera',
    screen: 'Screen',
    'screen-audio': 'Sound of the screen',
  } satisfies Record<TrackSource, string>,
  measuring: 'Measuring…',
  nothingSent: 'You send nothing at the moment.',
  nothingReceived: 'Nothing arrives at the moment: microphone and camera are off.',
  figure: {
    bitrate: 'Bitrate',
    picture: 'Picture',
    loss: 'Loss',
    jitter: 'Jitter',
    delay: 'Delay',
    codec: 'Codec',
    layers: 'Layers',
    limit: 'Held back by',
    available: 'Room to send',
    path: 'Path',
  },
  limit: { none: 'Nothing', cpu: 'Computer', bandwidth: 'Network', other: 'Other' },
  unknown: '–',
  links: 'Direct',
  server: 'Server',
  relayed: 'relay',
  to: (source: string, name: string) => `${source} to ${name}`,
  cameraOff: 'Turn off camera',
  copy: 'Copy as text',
  copied: 'Copied',
  notCopied: 'The browser does not allow copying here.',
} as const
