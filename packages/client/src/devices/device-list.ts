import { type ReadableStore, Store } from '../core/store.ts'
import { knownLabels, rememberLabels } from './device-labels.ts'

export interface DeviceEntry {
  readonly deviceId: string
  /** Empty until the person has allowed a device of this kind once. */
  readonly label: string
}

/** Real devices: the system's default is one of them. */
export interface Devices {
  readonly microphones: readonly DeviceEntry[]
  readonly cameras: readonly DeviceEntry[]
  readonly speakers: readonly DeviceEntry[]
  /** Changes when the system's default microphone does; empty while that is unknown. */
  readonly defaultMicrophone: string
}

/** Entries of Chromium that stand for another one in the list. */
const STAND_INS: readonly string[] = ['default', 'communications']

/** The devices of this computer, kept up to date while open. */
export interface DeviceList {
  readonly state: ReadableStore<Devices>
  /** Reads the devices again: names appear once the person has allowed their use. Never rejects. */
  refresh(): Promise<void>
  close(): void
}

/** Lists the devices and follows those that come and go. */
export function deviceList(): DeviceList {
  const state = new Store<Devices>({ microphones: [], cameras: [], speakers: [], defaultMicrophone: '' })
  // Missing in insecure contexts.
  const mediaDevices: MediaDevices | undefined = navigator.mediaDevices
  let closed = false
  const refresh = async (): Promise<void> => {
    try {
      const all = (await mediaDevices?.enumerateDevices()) ?? []
      if (!closed) state.set(grouped(all))
    } catch {
      // The page may not list devices; it can still use the default ones.
    }
  }
  const onChange = () => void refresh()
  mediaDevices?.addEventListener('devicechange', onChange)
  void refresh()
  return {
    state,
    refresh,
    close() {
      closed = true
      mediaDevices?.removeEventListener('devicechange', onChange)
    },
  }
}

function grouped(devices: readonly MediaDeviceInfo[]): Devices {
  rememberLabels(devices)
  const labels = knownLabels()
  const ofKind = (kind: MediaDeviceKind): DeviceEntry[] =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .filter(({ deviceId }) => !STAND_INS.includes(deviceId))
      .map(({ deviceId, label }) => ({ deviceId, label: label || (labels.get(deviceId) ?? '') }))
  return {
    microphones: ofKind('audioinput'),
    cameras: ofKind('videoinput'),
    speakers: ofKind('audiooutput'),
    defaultMicrophone: defaultOf(devices.filter(({ kind }) => kind === 'audioinput')),
  }
}

/** Chromium has an entry for the default that tells which one it is; the others put it first. */
function defaultOf(devices: readonly MediaDeviceInfo[]): string {
  const standIn = devices.find(({ deviceId }) => deviceId === 'default')
  return standIn ? `${standIn.groupId} ${standIn.label}` : (devices[0]?.deviceId ?? '')
}
