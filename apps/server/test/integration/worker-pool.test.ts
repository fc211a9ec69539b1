import { expect, it, onTestFinished } from 'vitest'
import { createLogger } from '../../src/platform/logger.ts'
import { WorkerPool } from '../../src/sfu/worker-pool.ts'

const log = createLogger({ level: 'silent' })

it('spreads rooms that open at the same time over all workers', async () => {
  const pool = await WorkerPool.start({ listenIp: '127.0.0.1', port: 0, workers: 2, log })
  onTestFinished(() => pool.close())
  const routers = await Promise.all(Array.from({ length: 6 }, () => pool.createRoomRouter(log)))
  const counts = async () => {
    const dumps = await Promise.all(pool.workers.map((worker) => worker.dump()))
    return dumps.map(({ routerIds }) => routerIds.length)
  }
  expect(await counts()).toEqual([3, 3])
  for (const router of routers) router.close()
  expect(pool.workers.map(({ load }) => load)).toEqual([0, 0])
})

it('lets those wait who need a worker while the only one is replaced', async () => {
  const pool = await WorkerPool.start({ listenIp: '127.0.0.1', port: 0, workers: 1, log })
  onTestFinished(() => pool.close())
  const [worker] = pool.workers
  if (!worker) throw new Error('no worker')
  const died = new Promise<void>((resolve) => worker.on('died', resolve))
  process.kill(worker.pid, 'SIGKILL')
  await died
  expect(pool.isHealthy).toBe(false)
  await pool.createRoomRouter(log)
  expect(pool.workers.map(({ load }) => load)).toEqual([1])
  expect(pool.workers).not.toContain(worker)
})
