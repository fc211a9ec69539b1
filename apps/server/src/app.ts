import { LOBBY_NAMESPACE, MEETING_NAMESPACE, requests, waitingRequests } from '@video-meet/protocol'
import { assembleCheck } from './app/check.ts'
import { assembleFeatures } from './app/features.ts'
import { assertCanStart } from './app/startup-checks.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/database.ts'
import type { CheckLimits } from './features/check/check-gateway.ts'
import { allowedOrigins } from './http/cross-origin.ts'
import { createHttpServer } from './http/http-server.ts'
import { bindRtcRoutes } from './http/rtc-routes.ts'
import { addressBlock, clientAddress } from './platform/client-address.ts'
import type { Logger } from './platform/logger.ts'
import { loadSecretKey } from './platform/secret-key.ts'
import { createIceServers } from './room/ice-servers.ts'
import { LobbyGateway } from './room/lobby-gateway.ts'
import { REQUEST_POLICY } from './room/permissions.ts'
import { createRequestHandlers } from './room/request-handlers.ts'
import { createResumeTokens } from './room/resume-token.ts'
import { RoomGateway } from './room/room-gateway.ts'
import { DEFAULT_ROOM_LIMITS, type RoomLimits } from './room/room-options.ts'
import { RoomRegistry } from './room/room-registry.ts'
import { routerRtpCapabilities } from './sfu/codecs.ts'
import { WorkerPool } from './sfu/worker-pool.ts'
import type { MeetingMessages, WaitingMessages } from './signaling/connection.ts'
import { createDispatch } from './signaling/dispatch.ts'
import { createSignalingServer, type Door } from './signaling/signaling-server.ts'

const MAX_IDLE_CONNECTIONS_PER_ADDRESS = 50

export interface AppOptions {
  readonly config: Config
  readonly log: Logger
  /** Shorter times and smaller rooms, for tests. */
  readonly roomLimits?: Partial<RoomLimits>
  readonly checkLimits?: Partial<CheckLimits>
  /** How much more often than said routes may be called, for tests. */
  readonly limitFactor?: number
}

export interface App {
  /** Address that this process listens on, such as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly registry: RoomRegistry
  readonly workers: WorkerPool
  /** Tells everyone, lets go of everything; can be called again. */
  close(): Promise<void>
}

/** Puts all parts together and starts to serve: the only place that knows every one of them. */
export async function startApp(options: AppOptions): Promise<App> {
  const closers: (() => unknown)[] = []
  let closing: Promise<void> | undefined
  const close = () => (closing ??= closeAll(closers, options.log))
  try {
    return { ...(await assemble(options, closers)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** @param closers receives what frees each part, in order of making */
async function assemble(
  { config, log, roomLimits, checkLimits, limitFactor }: AppOptions,
  closers: (() => unknown)[],
): Promise<Omit<App, 'close'>> {
  const { rtc } = config
  await assertCanStart(config)
  const owned = async <Part extends { close(): unknown }>(starting: Promise<Part>): Promise<Part> => {
    const part = await starting
    closers.push(() => part.close())
    return part
  }
  const starting = [
    loadSecretKey(config.dataDir, config.secretKey),
    owned(openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, log: log.child({ name: 'db' }) })),
    owned(WorkerPool.start({ ...rtc, log: log.child({ name: 'sfu' }) })),
  ] as const
  // What does start can be closed even if something else does not.
  await Promise.allSettled(starting)
  const [secretKey, database, workers] = await Promise.all(starting)
  await database.migrate()
  const registry = new RoomRegistry({
    routers: workers,
    limits: {
      ...DEFAULT_ROOM_LIMITS,
      ...config.topology,
      ...config.seats,
      preferredCodec: config.preferredCodec,
      ...roomLimits,
    },
    log: log.child({ name: 'room' }),
  })
  const resumeTokens = createResumeTokens(secretKey)
  const features = await assembleFeatures({ config, database, secretKey, registry, resumeTokens, log })
  // The last thing that a room does is to say who was in it.
  closers.push(
    () => features.close(),
    () => registry.close(),
  )
  registry.equip(features.equipment)
  const { door, waitingRooms, guard, idempotency } = features
  const gateway = new RoomGateway({
    registry,
    tokens: resumeTokens,
    door,
    iceServers: createIceServers(config.ice),
  })
  const lobby = new LobbyGateway({ door, waitingRooms })
  const check = assembleCheck({
    workers,
    ice: config.ice,
    limits: checkLimits,
    log: log.child({ name: 'check' }),
  })
  closers.push(() => check.close())

  const http = await createHttpServer({
    config,
    log,
    guard,
    idempotency,
    limitFactor,
    ready: async () => workers.isHealthy && (await database.isHealthy()),
    alive: () => !database.isBeyondRepair() && !workers.isBeyondRepair,
  })
  closers.push(() => http.close())
  features.bindRoutes(http)
  bindRtcRoutes(http, routerRtpCapabilities())
  await http.ready()

  const origins = allowedOrigins(config.publicUrl, config.corsOrigins)
  const signaling = createSignalingServer({
    httpServer: http.server,
    meeting: meetingDoor(gateway, log.child({ name: 'signaling' })),
    lobby: lobbyDoor(lobby, log.child({ name: 'lobby' })),
    check: check.door,
    isAllowedOrigin: ({ headers }) => headers.origin === undefined || origins.has(headers.origin),
    addressOf: (request) => addressBlock(clientAddress(request, config.trustProxy)),
    maxIdlePerAddress: MAX_IDLE_CONNECTIONS_PER_ADDRESS,
    log: log.child({ name: 'signaling' }),
  })
  closers.push(() => signaling.close())
  return { url: await http.listen({ host: config.host, port: config.port }), registry, workers }
}

function meetingDoor(gateway: RoomGateway, log: Logger): Door<MeetingMessages> {
  return {
    namespace: MEETING_NAMESPACE,
    dispatch: createDispatch<MeetingMessages>({
      requests,
      handlers: createRequestHandlers(gateway, REQUEST_POLICY),
      log,
    }),
    isKnown: (connection) => gateway.hasJoined(connection),
  }
}

function lobbyDoor(lobby: LobbyGateway, log: Logger): Door<WaitingMessages> {
  return {
    namespace: LOBBY_NAMESPACE,
    dispatch: createDispatch<WaitingMessages>({
      requests: waitingRequests,
      handlers: lobby.handlers(),
      log,
    }),
    isKnown: (connection) => lobby.isWaiting(connection),
  }
}

/** What was made last goes first. */
async function closeAll(closers: (() => unknown)[], log: Logger): Promise<void> {
  for (const close of closers.toReversed()) {
    try {
      await close()
    } catch (error) {
      log.warn({ err: error }, 'a part did not close cleanly')
    }
  }
}
