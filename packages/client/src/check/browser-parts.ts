import { getRtcCapabilities } from '@video-meet/protocol'
import { captureCamera, captureMicrophone } from '../devices/capture.ts'
import { playTestTone } from '../devices/test-tone.ts'
import { createRestClient } from '../rest/rest-client.ts'
import { createEchoDevice, type EchoDevice } from '../topology/sfu/echo-path.ts'
import { CheckLine } from './check-line.ts'
import type { CheckParts, CheckServer, EchoWay } from './connection-check.ts'
import { createEchoProbe } from './echo-probe.ts'

export interface CheckDevices {
  readonly cameraId?: string | undefined
  readonly microphoneId?: string | undefined
  readonly speakerId?: string | undefined
}

const CONNECT_WITHIN_MS = 8000

/** What a test in a browser is made of: these devices, or the system's default ones, and the page's own server. */
export function browserParts(devices: CheckDevices = {}): CheckParts {
  return {
    captureCamera: () => captureCamera({ deviceId: devices.cameraId }),
    captureMicrophone: () => captureMicrophone({ deviceId: devices.microphoneId }),
    playTone: (signal) => playTestTone(devices.speakerId ?? '', signal),
    connect: (signal) => connect(location.origin, signal),
  }
}

async function connect(serverUrl: string, signal: AbortSignal): Promise<CheckServer> {
  const line = new CheckLine(serverUrl)
  const rest = createRestClient({ baseUrl: serverUrl })
  const giveUp = () => line.close()
  signal.addEventListener('abort', giveUp)
  try {
    const [{ routerRtpCapabilities }] = await Promise.all([
      rest.call(getRtcCapabilities, {}),
      line.open(CONNECT_WITHIN_MS),
    ])
    const device = await createEchoDevice(routerRtpCapabilities)
    return { openPath: (way) => openPath(line, device, way), close: () => line.close() }
  } catch (error) {
    line.close()
    throw error
  } finally {
    // From now on whoever tests closes it.
    signal.removeEventListener('abort', giveUp)
  }
}

async function openPath({ ask }: CheckLine, device: EchoDevice, way: EchoWay) {
  const { iceServers, ...transports } = await ask('check.open', { rtpCapabilities: device.rtpCapabilities })
  const hasTurn = iceServers.servers.some(({ urls }) => urls.some((url) => url.startsWith('turn')))
  if (way === 'relay' && !hasTurn) return null
  const path = device.openPath({
    ...transports,
    way,
    iceServers: iceServers.servers,
    server: {
      connectTransport: (transportId, dtlsParameters) =>
        ask('check.connectTransport', { transportId, dtlsParameters }),
      echo: (kind, rtpParameters) => ask('check.echo', { kind, rtpParameters }),
      resume: () => ask('check.resume', {}),
    },
  })
  return createEchoProbe({
    ...path,
    close() {
      path.close()
      ask('check.close', {}).catch(() => undefined)
    },
  })
}
