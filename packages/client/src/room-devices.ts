import { Emitter } from './core/emitter.ts'
import { UndoList } from './core/undo-list.ts'
import { type DeviceEntry, type DeviceList, deviceList, type Devices } from './devices/device-list.ts'
import type { CaptureError } from './errors.ts'
import type { LocalDevice } from './local-participant-device.ts'
import type { Room } from './room.ts'

export type DeviceKind = 'microphone' | 'camera' | 'speaker'

/** Names of devices are empty where the browser does not tell them. */
export type RoomDevicesEvents = {
  /** A device is gone, and another one is used in its place. */
  replaced: [kind: DeviceKind, before: string, after: string]
  /** A device is gone or taken away, and off; with an error when none could be opened in its place. */
  lost: [kind: DeviceKind, name: string, error: CaptureError | null]
  /** A device that was lost is there again; `use()` takes it back. */
  returned: [kind: DeviceKind, device: DeviceEntry]
  /** The system's default became another one, and the microphone with it. */
  followed: [name: string]
}

/** How long the system may take to give a microphone or camera back to a page that is shown again. */
const GIVEN_BACK_MS = 1000

/**
 * Keeps the devices of a room as the person expects: the system's default is followed by those who chose none, what is
 * gone and comes back is told, and what the system took away meanwhile is opened again when the page is shown.
 */
export class RoomDevices extends Emitter<RoomDevicesEvents> {
  readonly #room: Pick<Room, 'localParticipant' | 'audioOutput'>
  readonly #list: DeviceList
  readonly #undo = new UndoList()
  /** What was in use when it went. */
  readonly #missing: Partial<Record<DeviceKind, DeviceEntry>> = {}
  /** What was on when the system took it from a page that was not shown. */
  readonly #interrupted = new Set<LocalDevice>()
  #before: Devices

  constructor(room: Pick<Room, 'localParticipant' | 'audioOutput'>, list = deviceList()) {
    super()
    this.#room = room
    this.#list = list
    this.#before = list.state.get()
    this.#undo.add(() => list.close())
    this.#undo.add(list.state.subscribe(() => this.#listChanged()))
    this.#undo.listen(document, 'visibilitychange', () => void this.#pageShown())
    for (const kind of ['microphone', 'camera'] as const) {
      const device = room.localParticipant[kind]
      this.#undo.add(device.on('replaced', (before, after) => this.#replaced(kind, before, after)))
      this.#undo.add(device.on('lost', (before, error) => this.#lost(kind, before, error)))
    }
  }

  /** Takes back a device that has returned. @throws {CaptureError} */
  async use(kind: DeviceKind, deviceId: string): Promise<void> {
    const { localParticipant, audioOutput } = this.#room
    if (kind === 'speaker') await audioOutput.setSpeaker(deviceId)
    else await localParticipant[kind].use(deviceId)
  }

  close(): void {
    this.#undo.run()
    this.removeAllListeners()
  }

  #replaced(kind: 'microphone' | 'camera', before: MediaStreamTrack, after: MediaStreamTrack): void {
    const same = before.getSettings().deviceId === after.getSettings().deviceId
    // The system took it for a moment.
    if (same && before.label === after.label) return
    this.#miss(kind, before)
    this.emit('replaced', kind, before.label, after.label)
  }

  #lost(kind: 'microphone' | 'camera', before: MediaStreamTrack, error: CaptureError | null): void {
    this.#miss(kind, before)
    if (error && document.visibilityState === 'hidden') {
      this.#interrupted.add(this.#room.localParticipant[kind])
    } else this.emit('lost', kind, before.label, error)
  }

  #miss(kind: DeviceKind, track: MediaStreamTrack): void {
    const { deviceId = '' } = track.getSettings()
    this.#missing[kind] = { deviceId, label: track.label }
  }

  #listChanged(): void {
    const before = this.#before
    const now = this.#list.state.get()
    this.#before = now
    this.#followDefault(before, now)
    this.#followSpeaker(before, now)
    this.#tellReturned('microphone', before.microphones, now.microphones)
    this.#tellReturned('camera', before.cameras, now.cameras)
    this.#tellReturned('speaker', before.speakers, now.speakers)
  }

  #followDefault(before: Devices, now: Devices): void {
    const { microphone } = this.#room.localParticipant
    const known = before.defaultMicrophone !== '' && now.defaultMicrophone !== ''
    if (!known || before.defaultMicrophone === now.defaultMicrophone || microphone.chosenId !== '') return
    if (microphone.media === null) return
    microphone.reopen().then(
      () => this.emit('followed', microphone.media?.label ?? ''),
      // The one before goes on; should it be gone, that is told by itself.
      () => undefined,
    )
  }

  #followSpeaker(before: Devices, now: Devices): void {
    const { audioOutput } = this.#room
    const inUse = before.speakers.find(({ deviceId }) => deviceId === audioOutput.speakerId)
    if (!inUse || now.speakers.some(({ deviceId }) => deviceId === inUse.deviceId)) return
    this.#missing.speaker = inUse
    void audioOutput.setSpeaker('')
    this.emit('replaced', 'speaker', inUse.label, '')
  }

  #tellReturned(kind: DeviceKind, before: readonly DeviceEntry[], now: readonly DeviceEntry[]): void {
    const missing = this.#missing[kind]
    const isMissing = ({ deviceId }: DeviceEntry) => deviceId === missing?.deviceId
    const device = now.find(isMissing)
    // The list may be older than the loss.
    if (!device || before.some(isMissing)) return
    delete this.#missing[kind]
    this.emit('returned', kind, device)
  }

  async #pageShown(): Promise<void> {
    if (document.visibilityState !== 'visible') return
    const { microphone, camera } = this.#room.localParticipant
    await new Promise((resolve) => setTimeout(resolve, GIVEN_BACK_MS))
    await Promise.all([microphone, camera].map((device) => this.#resume(device)))
  }

  /** Opens again what the system has not given back. */
  async #resume(device: LocalDevice): Promise<void> {
    try {
      if (this.#interrupted.delete(device) && device.media === null) await device.setOff(false)
      else if (!device.isOff && device.media?.muted) await device.reopen()
    } catch {
      // It stays off, as the buttons show.
    }
  }
}
