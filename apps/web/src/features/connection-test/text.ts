import type { CheckOutcome, CheckStepId, CheckVerdict } from '@video-meet/client'

/** Words of the connection test. */
export const testText = {
  title: 'Test your connection',
  lead: 'Checks your devices and every way that sound and pictures can take to this server. It takes about half a minute, joins no meeting, and sends nothing of you: the server gives back a pattern that is made here.',
  start: 'Start the test',
  again: 'Test again',
  stop: 'Stop',
  list: 'What is tested',
  running: 'Testing…',
  step: {
    camera: 'Camera',
    microphone: 'Microphone',
    speaker: 'Speaker',
    server: 'Server',
    udp: 'Media over UDP',
    tcp: 'Media over TCP',
    relay: 'Media over TURN',
    bandwidth: 'Bandwidth',
  } satisfies Record<CheckStepId, string>,
  outcome: {
    waiting: 'not tested yet',
    running: 'is being tested',
    passed: 'works',
    warning: 'with a remark',
    failed: 'does not work',
    skipped: 'not tested',
  } satisfies Record<CheckOutcome, string>,
  verdict: {
    good: 'All is well: you are ready for a meeting.',
    limited: 'You can take part in meetings, but not everything works as it should.',
    blocked: 'From here you cannot take part in meetings on this server.',
  } satisfies Record<CheckVerdict, string>,
  speakerPassed: 'You should have heard three tones.',
  speakerFailed: 'No sound could be played. Check the loudspeaker of your system.',
  serverFailed: 'The server is out of reach. Check your network; a proxy may not let WebSockets through.',
  serverBusy: 'Too many tests are running at this moment. Try again in a minute.',
  udpFailed:
    'Your network does not let media through over UDP, so that sound and pictures may stutter. Ask for UDP to be allowed, or try another network.',
  tcpFailed: 'TCP is a way around networks without UDP. You do not need it where UDP works.',
  relayFailed: 'The TURN server is out of reach. You do not need it where another way works.',
  relaySkipped: 'This server uses none.',
  noWay: 'No media gets through on this way. Ask for it to be allowed, or try another network.',
  bandwidth: (up: string, down: string) => `${up} up, ${down} down`,
  loss: (share: string) => `${share} lost on the way`,
  bandwidthWarning: 'Enough for sound and a small picture. In a large meeting turn your camera off.',
  bandwidthFailed:
    'Hardly enough for a picture: turn your camera off, move closer to your Wi-Fi, or use a cable.',
  bandwidthUnknown: 'It could not be measured.',
  copy: 'Copy as text',
  copied: 'Copied',
  notCopied: 'The browser does not allow copying here.',
} as const
