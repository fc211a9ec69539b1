import { CHECK_NAMESPACE, checkRequests } from '@video-meet/protocol'
import { CheckGateway, type CheckLimits } from '../features/check/check-gateway.ts'
import type { Logger } from '../platform/logger.ts'
import { createTestIceServers, type IceServersOptions } from '../room/ice-servers.ts'
import type { WorkerPool } from '../sfu/worker-pool.ts'
import type { CheckMessages } from '../signaling/connection.ts'
import { createDispatch } from '../signaling/dispatch.ts'
import type { Door } from '../signaling/signaling-server.ts'

export interface CheckParts {
  readonly workers: WorkerPool
  readonly ice: IceServersOptions
  readonly limits?: Partial<CheckLimits> | undefined
  readonly log: Logger
}

/** The namespace in which anyone tests their connection: it has the media workers, and nothing else of the server. */
export function assembleCheck({ workers, ice, limits, log }: CheckParts) {
  const gateway = new CheckGateway({
    openEcho: (rtpCapabilities) => workers.openEcho(rtpCapabilities),
    iceServers: createTestIceServers(ice),
    limits,
  })
  const door: Door<CheckMessages> = {
    namespace: CHECK_NAMESPACE,
    dispatch: createDispatch<CheckMessages>({ requests: checkRequests, handlers: gateway.handlers(), log }),
    // Whoever tests has got nowhere yet.
    isKnown: () => false,
  }
  return { door, close: () => gateway.close() }
}
