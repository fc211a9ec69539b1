const KEY = 'video-meet.deviceLabels'
/** Devices that come and go for years must not fill the storage. */
const KEPT = 40

interface Labelled {
  readonly deviceId: string
  readonly label: string
}

/** Names of devices by their ids, as this browser knew them when the person last allowed their use. */
export function knownLabels(): ReadonlyMap<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return new Map(Array.isArray(kept) ? (kept as [string, string][]) : [])
  } catch {
    // Storage is blocked, or holds something else: devices have the names that the browser tells.
    return new Map()
  }
}

/** Remembers the names that the browser tells. Nothing of it leaves the browser. */
export function rememberLabels(devices: readonly Labelled[]): void {
  const before = knownLabels()
  const news = devices.filter(({ deviceId, label }) => label !== '' && before.get(deviceId) !== label)
  if (news.length === 0) return
  const all = new Map(before)
  for (const { deviceId, label } of news) {
    // To the end, as the oldest go first.
    all.delete(deviceId)
    all.set(deviceId, label)
  }
  try {
    localStorage.setItem(KEY, JSON.stringify([...all].slice(-KEPT)))
  } catch {
    // As above.
  }
}
