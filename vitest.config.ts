import { defineConfig } from 'vitest/config'
import { patient as stretched } from './scripts/test/time-factor.ts'

const WAITS = 'scripts/test/patient-waits.ts'
const patient = { testTimeout: stretched(20_000), hookTimeout: stretched(20_000) }
const slow = { testTimeout: stretched(30_000), hookTimeout: stretched(60_000) }

export default defineConfig({
  test: {
    passWithNoTests: true,
    restoreMocks: true,
    unstubGlobals: true,
    expect: { poll: { timeout: stretched(5000) } },
    setupFiles: [WAITS],
    coverage: {
      provider: 'v8',
      include: ['apps/*/src/**/*.{ts,tsx}', 'packages/*/src/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.ts', '{scripts,bench}/**/*.test.ts'],
          exclude: ['apps/web/**'],
          ...patient,
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          include: ['apps/web/src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: [WAITS, 'apps/web/test/patience.ts'],
          ...patient,
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['apps/server/test/contract/**/*.test.ts'],
          ...patient,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['apps/server/test/integration/**/*.test.ts'],
          globalSetup: ['scripts/test/worker-for-tests.ts'],
          // Each file starts servers and workers of its own: side by side they would measure each other.
          fileParallelism: false,
          ...slow,
        },
      },
    ],
  },
})
