import { type ReadableStore, Store } from '../core/store.ts'

export interface DeviceEntry {
  readonly deviceId: string
  /** Empty until the person has allowed a device of this kind. */
  readonly label: string
}

export interface Devices {
  readonly microphones: readonly DeviceEntry[]
  readonly cameras: readonly DeviceEntry[]
  readonly speakers: readonly DeviceEntry[]
}

/** The devices of this computer, kept up to date while open. */
export interface DeviceList {
  readonly state: ReadableStore<Devices>
  /** Reads the devices again: names appear once the person has allowed their use. Never rejects. */
  refresh(): Promise<void>
  close(): void
}

/** Lists the devices and follows those that come and go. */
export function deviceList(): DeviceList {
  const state = new Store<Devices>({ microphones: [], cameras: [], speakers: [] })
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
  const ofKind = (kind: MediaDeviceKind): DeviceEntry[] =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }))
  return {
    microphones: ofKind('audioinput'),
    cameras: ofKind('videoinput'),
    speakers: ofKind('audiooutput'),
  }
}
