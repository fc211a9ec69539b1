import type { JoinReply, ParticipantInfo } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CaptureError } from './errors.ts'
import type { CaptureFunctions } from './local-participant.ts'
import type { JoinOptions } from './room-join.ts'
import { PreparedSession } from './room-session.ts'
import type { Room } from './room.ts'
import { FakeRefusal, FakeServer, buildJoinReply, buildParticipant } from './testing/fake-server.ts'
import { type FakeSession, createFakeSession } from './testing/fake-session.ts'
import { FakeTrack } from './testing/fake-track.ts'

let fake: FakeSession
let events: string[]

async function join(options: Partial<JoinOptions> = {}): Promise<Room> {
  const room = await fake.join(options)
  events = []
  room.on('participantJoined', ({ name }) => events.push(`${name} joined`))
  room.on('participantLeft', ({ name }, reason) => events.push(`${name} left: ${reason}`))
  room.on('trackPublished', ({ source }) => events.push(`published ${source}`))
  room.on('trackUnpublished', ({ source }) => events.push(`unpublished ${source}`))
  room.on('trackMuteChanged', ({ source, state }) => events.push(`${source} muted: ${state.get().muted}`))
  room.on('trackPublishFailed', (source) => events.push(`failed ${source}`))
  room.on('reconnecting', () => events.push('reconnecting'))
  room.on('reconnected', () => events.push('reconnected'))
  room.on('ended', (reason) => events.push(`ended: ${reason}`))
  return room
}

/** Joins a room in which Ana is already. */
async function joinAna(ana: Partial<ParticipantInfo> = {}): Promise<{ room: Room; ana: ParticipantInfo }> {
  const info = buildParticipant({ name: 'Ana', ...ana })
  fake.server.joinReply = buildJoinReply({ others: [info] })
  return { room: await join(), ana: info }
}

function namesIn(room: Room): string[] {
  return room.participants.get().map(({ name }) => name)
}

/** The reply to the next join of the same person, with changes. */
function nextReply(patch: Partial<JoinReply['snapshot']>): JoinReply {
  const { joinReply } = fake.server
  return { ...joinReply, resumeToken: 'token-2', snapshot: { ...joinReply.snapshot, ...patch } }
}

beforeEach(() => {
  fake = createFakeSession()
})

describe('joining', () => {
  it('resolves with everyone in order of joining', async () => {
    const { room } = await joinAna()
    expect(namesIn(room)).toEqual(['Ana', 'Me'])
    expect(room.participants.get().map(({ isLocal }) => isLocal)).toEqual([false, true])
    expect(room.participants.get()[1]).toBe(room.localParticipant)
    expect(room.meeting.title).toBe('Planning')
    expect(room.state.get()).toEqual({ status: 'connected' })
  })

  it('publishes what was captured before, muted if so chosen', async () => {
    const microphone = new FakeTrack('audio')
    const room = await join({ microphone, microphoneMuted: true, camera: new FakeTrack('video') })
    expect(microphone.enabled).toBe(false)
    expect(room.localParticipant.state.get().tracks.map(({ source }) => source)).toEqual([
      'microphone',
      'camera',
    ])
    expect(fake.topology.published.get('microphone')).toMatchObject({ mediaTrack: microphone, muted: true })
  })

  it('lets go of a camera that is to be off', async () => {
    const camera = new FakeTrack('video')
    const room = await join({ camera, cameraOff: true })
    expect(camera.readyState).toBe('ended')
    expect(room.localParticipant.track('camera')).toBeUndefined()
  })

  it.each([
    ['meeting_not_found', 'meeting_not_found'],
    ['room_full', 'room_full'],
    ['rate_limited', 'rate_limited'],
    ['media_unavailable', 'media_unavailable'],
    ['internal', 'internal'],
  ] as const)('rejects with the reason when the server says %s', async (code, reason) => {
    fake.server.answer('room.join', () => {
      throw new FakeRefusal(code)
    })
    await expect(fake.join()).rejects.toMatchObject({ name: 'JoinError', reason })
  })

  it('leaves the tracks and the session to the caller when it fails', async () => {
    fake.server.answer('room.join', () => {
      throw new FakeRefusal('room_full')
    })
    const microphone = new FakeTrack('audio')
    await expect(fake.join({ microphone })).rejects.toMatchObject({ reason: 'room_full' })
    expect(microphone.readyState).toBe('live')
    fake.server.answer('room.join', () => fake.server.joinReply)
    await expect(fake.join({ microphone })).resolves.toBeDefined()
  })

  it('rejects a name that nobody could read', async () => {
    await expect(fake.join({ name: '  ' })).rejects.toMatchObject({ reason: 'bad_name' })
    expect(fake.server.channel.sent).toEqual([])
  })

  it('rejects when the versions differ', async () => {
    fake = createFakeSession(({ channel }) => {
      channel.refusal = { code: 'version_mismatch', message: 'Reload the page.' }
    })
    await expect(fake.join()).rejects.toMatchObject({ reason: 'version_mismatch' })
  })

  it('can be given up, and gives the seat back that it got all the same', async () => {
    const asked = Promise.withResolvers<void>()
    const reply = Promise.withResolvers<JoinReply>()
    fake.server.answer('room.join', () => {
      asked.resolve()
      return reply.promise
    })
    const controller = new AbortController()
    const joining = fake.join({ signal: controller.signal })
    await asked.promise
    controller.abort()
    await expect(joining).rejects.toMatchObject({ reason: 'aborted' })
    reply.resolve(fake.server.joinReply)
    await vi.waitFor(() => expect(fake.server.inputsOf('room.leave')).toEqual([{ mayReturn: false }]))
  })

  it('joins again when the connection drops before the reply', async () => {
    let joins = 0
    fake.server.answer('room.join', () => {
      joins += 1
      if (joins > 1) return fake.server.joinReply
      fake.server.channel.drop()
      return new Promise(() => {})
    })
    await expect(fake.join()).resolves.toBeDefined()
    expect(joins).toBe(2)
  })

  it('rejects when the browser has no WebRTC', async () => {
    const { channel, lobby } = new FakeServer()
    const session = new PreparedSession({
      channel,
      createLobbyChannel: () => lobby,
      loadEngine: () => Promise.reject(new Error('UnsupportedError')),
      logSink: () => {},
    })
    await expect(fake.join({ session })).rejects.toMatchObject({ reason: 'unsupported_browser' })
    session.close()
  })

  it('says that the server is unreachable after 20 s', async () => {
    vi.useFakeTimers()
    try {
      fake = createFakeSession(({ channel }) => {
        channel.reachable = false
      })
      const joining = fake.join().catch((error: unknown) => error)
      await vi.advanceTimersByTimeAsync(20_000)
      expect(await joining).toMatchObject({ reason: 'unreachable' })
    } finally {
      fake.session.close()
      vi.useRealTimers()
    }
  })
})

describe('the others', () => {
  it('come and go', async () => {
    const room = await join()
    const ben = buildParticipant({ name: 'Ben', tracks: [{ source: 'camera', muted: false }] })
    fake.server.notify('room.participantJoined', ben)
    await vi.waitFor(() => expect(namesIn(room)).toEqual(['Me', 'Ben']))
    fake.server.notify('room.participantLeft', { id: ben.id, reason: 'left' })
    await vi.waitFor(() => expect(namesIn(room)).toEqual(['Me']))
    expect(events).toEqual(['Ben joined', 'published camera', 'unpublished camera', 'Ben left: left'])
  })

  it('publish, mute and unpublish', async () => {
    const { room, ana } = await joinAna()
    const participantId = ana.id
    fake.server.notify('track.changed', { participantId, track: { source: 'microphone', muted: false } })
    fake.server.notify('track.changed', { participantId, track: { source: 'microphone', muted: true } })
    fake.server.notify('track.unpublished', { participantId, source: 'microphone' })
    await vi.waitFor(() => expect(events).toHaveLength(3))
    expect(events).toEqual(['published microphone', 'microphone muted: true', 'unpublished microphone'])
    expect(room.participants.get()[0]?.state.get().tracks).toEqual([])
  })

  it('show media whether it arrives before their track is told of or after', async () => {
    const { room, ana } = await joinAna({ tracks: [{ source: 'camera', muted: false }] })
    const [participant] = room.participants.get()
    const camera = new FakeTrack('video')
    fake.topology.emit('mediaReceived', ana.id, 'camera', camera)
    expect(participant?.track('camera')?.state.get().mediaTrack).toBe(camera)
    const screen = new FakeTrack('video')
    fake.topology.emit('mediaReceived', ana.id, 'screen', screen)
    fake.server.notify('track.changed', { participantId: ana.id, track: { source: 'screen', muted: false } })
    await vi.waitFor(() => expect(participant?.track('screen')?.state.get().mediaTrack).toBe(screen))
    fake.topology.emit('mediaLost', ana.id, 'camera')
    expect(participant?.track('camera')?.state.get().mediaTrack).toBeNull()
  })

  it('are asked for as much as their tiles show', async () => {
    const { room, ana } = await joinAna({ tracks: [{ source: 'camera', muted: false }] })
    room.participants.get()[0]?.track('camera')?.setDemand({ heightPx: 180 })
    expect(fake.topology.demands.get(`${ana.id}/camera`)).toEqual({ heightPx: 180 })
  })

  it('show that their connection is lost', async () => {
    const { room, ana } = await joinAna()
    fake.server.notify('room.participantChanged', { id: ana.id, connection: 'reconnecting' })
    await vi.waitFor(() => expect(room.participants.get()[0]?.state.get().connection).toBe('reconnecting'))
  })

  it('speak, and are silent again even when nobody says so', async () => {
    const { room, ana } = await joinAna()
    const [participant] = room.participants.get()
    vi.useFakeTimers()
    try {
      fake.server.notify('room.speakersChanged', {
        activeSpeaker: ana.id,
        levels: [{ participantId: ana.id, level: -45 }],
      })
      await vi.advanceTimersByTimeAsync(0)
      expect(room.activeSpeaker.get()).toBe(ana.id)
      expect(participant?.state.get().speaking).toBe(true)
      expect(participant?.audioLevel.get()).toBe(0.5)
      await vi.advanceTimersByTimeAsync(1500)
      expect(participant?.state.get().speaking).toBe(false)
      expect(participant?.audioLevel.get()).toBe(0)
      expect(room.activeSpeaker.get()).toBe(ana.id)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the local participant', () => {
  it('mutes and opens the microphone at once', async () => {
    const microphone = new FakeTrack('audio')
    const room = await join({ microphone })
    void room.localParticipant.setMicrophoneMuted(true)
    expect(microphone.enabled).toBe(false)
    expect(fake.topology.published.get('microphone')?.muted).toBe(true)
    await room.localParticipant.setMicrophoneMuted(false)
    expect(microphone.enabled).toBe(true)
    expect(events).toEqual(['microphone muted: true', 'microphone muted: false'])
  })

  it('captures a microphone when there is none to open', async () => {
    const room = await join()
    await room.localParticipant.setMicrophoneMuted(false)
    expect(events).toEqual(['published microphone'])
    expect(fake.topology.published.get('microphone')?.muted).toBe(false)
  })

  it('is muted when the person changed their mind while the microphone was opening', async () => {
    const opening = Promise.withResolvers<MediaStreamTrack>()
    const capture = vi.fn<() => Promise<MediaStreamTrack>>(() => opening.promise)
    const room = await join({ parts: { capture: captures({ microphone: capture }) } })
    const unmuting = room.localParticipant.setMicrophoneMuted(false)
    await vi.waitFor(() => expect(capture).toHaveBeenCalledOnce())
    await room.localParticipant.setMicrophoneMuted(true)
    const microphone = new FakeTrack('audio')
    opening.resolve(microphone)
    await unmuting
    expect(microphone.enabled).toBe(false)
    expect(room.localParticipant.track('microphone')?.state.get().muted).toBe(true)
  })

  it('releases the camera when it is off, and captures it again', async () => {
    const camera = new FakeTrack('video')
    const room = await join({ camera })
    void room.localParticipant.setCameraOff(true)
    expect(camera.readyState).toBe('ended')
    expect(fake.topology.published.get('camera')).toEqual({ mediaTrack: null, muted: true })
    await room.localParticipant.setCameraOff(false)
    expect(room.localParticipant.track('camera')?.state.get()).toMatchObject({ muted: false })
    expect(fake.topology.published.get('camera')?.mediaTrack?.readyState).toBe('live')
    expect(events).toEqual(['camera muted: true', 'camera muted: false'])
  })

  it('rejects with the reason when the camera cannot be had, and stays off', async () => {
    const camera = () => Promise.reject(new CaptureError('device_busy', 'In use.'))
    const room = await join({ parts: { capture: captures({ camera }) } })
    await expect(room.localParticipant.setCameraOff(false)).rejects.toMatchObject({ reason: 'device_busy' })
    expect(room.localParticipant.track('camera')).toBeUndefined()
  })

  it('changes the microphone without opening it', async () => {
    const first = new FakeTrack('audio')
    const room = await join({ microphone: first, microphoneMuted: true })
    await room.localParticipant.useMicrophone('other')
    const published = fake.topology.published.get('microphone')
    expect(first.readyState).toBe('ended')
    expect(published?.mediaTrack).not.toBe(first)
    expect(published).toMatchObject({ muted: true, mediaTrack: { enabled: false } })
  })

  it('changes to a camera that was chosen while another one was opening', async () => {
    const opening = Promise.withResolvers<MediaStreamTrack>()
    const back = new FakeTrack('video')
    const camera = vi.fn<CaptureFunctions['captureCamera']>((options) =>
      options?.deviceId === 'back' ? Promise.resolve(back) : opening.promise,
    )
    const room = await join({ parts: { capture: captures({ camera }) } })
    const turningOn = room.localParticipant.setCameraOff(false)
    await vi.waitFor(() => expect(camera).toHaveBeenCalledOnce())
    const changing = room.localParticipant.useCamera('back')
    const front = new FakeTrack('video')
    opening.resolve(front)
    await Promise.all([turningOn, changing])
    expect(room.localParticipant.track('camera')?.state.get()).toEqual({ muted: false, mediaTrack: back })
    await vi.waitFor(() => expect(front.readyState).toBe('ended'))
  })

  it('changes the camera where only one can be open at a time', async () => {
    const first = new FakeTrack('video')
    const second = new FakeTrack('video')
    const camera = () =>
      first.readyState === 'live'
        ? Promise.reject(new CaptureError('device_busy', 'Could not start video source'))
        : Promise.resolve(second)
    const room = await join({ camera: first, parts: { capture: captures({ camera }) } })
    await room.localParticipant.useCamera('back')
    expect(room.localParticipant.track('camera')?.state.get()).toEqual({ muted: false, mediaTrack: second })
  })

  it('turns a camera off that was unplugged', async () => {
    const camera = new FakeTrack('video')
    const room = await join({ camera })
    camera.endByItself()
    expect(room.localParticipant.track('camera')?.state.get()).toEqual({ muted: true, mediaTrack: null })
    await room.localParticipant.setCameraOff(false)
    expect(room.localParticipant.track('camera')?.state.get().muted).toBe(false)
  })

  it('shares the screen with its sound until the browser says that it is over', async () => {
    const screen = new FakeTrack('video')
    const screenAudio = new FakeTrack('audio')
    const capture = captures({ screen: () => Promise.resolve({ screen, screenAudio }) })
    const room = await join({ parts: { capture } })
    await room.localParticipant.startScreenShare()
    await room.localParticipant.startScreenShare()
    expect([...fake.topology.published.keys()]).toEqual(['screen', 'screen-audio'])
    screen.endByItself()
    expect([...fake.topology.published.keys()]).toEqual([])
    expect(screenAudio.readyState).toBe('ended')
    await room.localParticipant.stopScreenShare()
    expect(events).toEqual([
      'published screen',
      'published screen-audio',
      'unpublished screen-audio',
      'unpublished screen',
    ])
  })

  it('takes a track away that could not be published', async () => {
    const camera = new FakeTrack('video')
    const room = await join({ camera })
    fake.topology.emit('publishFailed', 'camera', new Error('no'))
    expect(camera.readyState).toBe('ended')
    expect(room.localParticipant.track('camera')).toBeUndefined()
    expect(events).toEqual(['unpublished camera', 'failed camera'])
  })
})

describe('a lost connection', () => {
  it('is restored with the token and the media session, and the room follows the new snapshot', async () => {
    const { room, ana } = await joinAna({ tracks: [{ source: 'camera', muted: false }] })
    const [before] = room.participants.get()
    const ben = buildParticipant({ name: 'Ben' })
    fake.server.joinReply = nextReply({
      participants: [
        { ...ana, tracks: [{ source: 'camera', muted: true }] },
        ben,
        ...fake.server.joinReply.snapshot.participants.slice(1),
      ],
    })
    fake.server.channel.drop()
    expect(room.state.get().status).toBe('reconnecting')
    expect(room.localParticipant.state.get().connection).toBe('reconnecting')
    await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
    expect(fake.server.inputsOf('room.join')[1]).toMatchObject({
      resumeToken: 'token-1',
      mediaSessionId: fake.server.joinReply.media.id,
    })
    expect(namesIn(room)).toEqual(['Ana', 'Ben', 'Me'])
    expect(room.participants.get()[0]).toBe(before)
    expect(events).toEqual(['reconnecting', 'Ben joined', 'camera muted: true', 'reconnected'])
    expect(room.localParticipant.state.get().connection).toBe('connected')
  })

  it('uses each token once', async () => {
    const room = await join()
    fake.server.joinReply = nextReply({})
    fake.server.channel.drop()
    await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
    fake.server.channel.drop()
    await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
    const tokens = fake.server.inputsOf('room.join').map((input) => (input as JoinReply).resumeToken)
    expect(tokens).toEqual([undefined, 'token-1', 'token-2'])
  })

  it('tells of those who left meanwhile', async () => {
    const { room } = await joinAna()
    fake.server.joinReply = nextReply({
      participants: fake.server.joinReply.snapshot.participants.slice(1),
    })
    fake.server.channel.drop()
    await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
    expect(events).toEqual(['reconnecting', 'Ana left: connection_lost', 'reconnected'])
  })

  describe('to a room that the server makes anew', () => {
    beforeEach(() => {
      vi.useFakeTimers()
    })

    afterEach(() => {
      vi.useRealTimers()
    })

    /** Ana and Ben are in the room; after a restart of the server this person is the first one back. */
    async function firstBack() {
      const ana = buildParticipant({ name: 'Ana', tracks: [{ source: 'camera', muted: false }] })
      const ben = buildParticipant({ name: 'Ben' })
      fake.server.joinReply = buildJoinReply({ others: [ana, ben] })
      const room = await join()
      const me = fake.server.joinReply.snapshot.participants.slice(2)
      fake.server.joinReply = nextReply({
        participants: me.map((info) => ({ ...info, joinedAt: '2026-01-01T10:30:00.000Z' })),
      })
      fake.server.channel.drop()
      await vi.advanceTimersByTimeAsync(10)
      expect(room.state.get().status).toBe('connected')
      return { room, ana, ben }
    }

    it('awaits the others instead of taking them for gone', async () => {
      const { room, ana } = await firstBack()
      const [waiting] = room.participants.get()
      expect(namesIn(room)).toEqual(['Ana', 'Ben', 'Me'])
      expect(waiting?.state.get().connection).toBe('reconnecting')
      fake.server.notify('room.participantJoined', { ...ana, joinedAt: '2026-01-01T10:30:01.000Z' })
      await vi.advanceTimersByTimeAsync(10_000)
      expect(room.participants.get()[0]).toBe(waiting)
      expect(waiting?.state.get().connection).toBe('connected')
      expect(events).not.toContain('Ana joined')
      expect(events).not.toContain('Ana left: connection_lost')
    })

    it('lets those go who do not come back, and only once', async () => {
      const { room, ben } = await firstBack()
      fake.server.notify('room.participantJoined', ben)
      await vi.advanceTimersByTimeAsync(0)
      fake.server.notify('room.participantLeft', { id: ben.id, reason: 'left' })
      await vi.advanceTimersByTimeAsync(10_000)
      expect(namesIn(room)).toEqual(['Me'])
      expect(events).toEqual([
        'reconnecting',
        'reconnected',
        'Ben left: left',
        'unpublished camera',
        'Ana left: connection_lost',
      ])
    })

    it('awaits nobody after leaving', async () => {
      const { room } = await firstBack()
      await room.leave()
      expect(vi.getTimerCount()).toBe(0)
    })
  })

  it('waits for a server that is busy or restarting', async () => {
    const room = await join()
    const refusals = [new FakeRefusal('unavailable'), null]
    fake.server.answer('room.join', () => {
      const refusal = refusals.shift()
      if (refusal) throw refusal
      return fake.server.joinReply
    })
    fake.server.channel.drop()
    await vi.waitFor(() => expect(room.state.get().status).toBe('connected'), { timeout: 3000 })
  })

  it('gives the person another id when the old seat is gone for good', async () => {
    const room = await join({ microphone: new FakeTrack('audio') })
    fake.server.joinReply = buildJoinReply()
    fake.server.channel.drop()
    await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
    expect(room.localParticipant.id).toBe(fake.server.joinReply.participantId)
    expect(room.localParticipant.track('microphone')?.participantId).toBe(room.localParticipant.id)
    expect(room.participants.get()).toEqual([room.localParticipant])
  })

  it.each(['meeting_not_found', 'room_full', 'version_mismatch'] as const)(
    'ends the stay when the server says %s',
    async (code) => {
      const room = await join()
      fake.server.answer('room.join', () => {
        throw new FakeRefusal(code)
      })
      fake.server.channel.drop()
      await vi.waitFor(() => expect(room.state.get()).toEqual({ status: 'ended', reason: code }))
      expect(fake.session.closed).toBe(true)
    },
  )
})

describe('the end', () => {
  it('comes when another tab takes the seat', async () => {
    const microphone = new FakeTrack('audio')
    const room = await join({ microphone })
    fake.server.notify('room.ended', { reason: 'replaced' })
    await vi.waitFor(() => expect(room.state.get()).toEqual({ status: 'ended', reason: 'replaced' }))
    expect(microphone.readyState).toBe('ended')
    expect(fake.topology.closed).toBe(true)
    expect(fake.server.inputsOf('room.leave')).toEqual([])
    expect(events.at(-1)).toBe('ended: replaced')
  })

  it('comes at once when the person leaves, and the server is told', async () => {
    const camera = new FakeTrack('video')
    const room = await join({ camera })
    const left = room.leave()
    expect(room.state.get()).toEqual({ status: 'ended', reason: 'left' })
    expect(camera.readyState).toBe('ended')
    await left
    await room.leave()
    expect(fake.server.inputsOf('room.leave')).toEqual([{ mayReturn: false }])
    expect(fake.session.closed).toBe(true)
    expect(events.filter((event) => event.startsWith('ended'))).toEqual(['ended: left'])
  })

  it('comes when the person leaves while reconnecting', async () => {
    const room = await join()
    fake.server.channel.reachable = false
    fake.server.channel.drop()
    await room.leave()
    fake.server.channel.reachable = true
    expect(room.state.get()).toEqual({ status: 'ended', reason: 'left' })
    expect(fake.server.inputsOf('room.join')).toHaveLength(1)
  })

  it('is final: nothing is captured or published after it', async () => {
    const room = await join()
    await room.leave()
    await room.localParticipant.setCameraOff(false)
    await room.localParticipant.setMicrophoneMuted(false)
    await room.localParticipant.startScreenShare()
    expect(fake.topology.published.size).toBe(0)
  })

  it('releases a device that opens after it', async () => {
    const opening = Promise.withResolvers<MediaStreamTrack>()
    const capture = vi.fn<() => Promise<MediaStreamTrack>>(() => opening.promise)
    const room = await join({ parts: { capture: captures({ camera: capture }) } })
    const turningOn = room.localParticipant.setCameraOff(false)
    await vi.waitFor(() => expect(capture).toHaveBeenCalledOnce())
    await room.leave()
    const camera = new FakeTrack('video')
    opening.resolve(camera)
    await turningOn
    expect(camera.readyState).toBe('ended')
  })
})

function captures(patch: {
  microphone?: () => Promise<MediaStreamTrack>
  camera?: () => Promise<MediaStreamTrack>
  screen?: () => Promise<{ screen: MediaStreamTrack; screenAudio: MediaStreamTrack | null }>
}) {
  return {
    captureMicrophone: patch.microphone ?? (() => Promise.resolve(new FakeTrack('audio'))),
    captureCamera: patch.camera ?? (() => Promise.resolve(new FakeTrack('video'))),
    captureScreen:
      patch.screen ?? (() => Promise.resolve({ screen: new FakeTrack('video'), screenAudio: null })),
  }
}
