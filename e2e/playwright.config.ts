import { defineConfig } from '@playwright/test'
import { patient } from '../scripts/test/time-factor.ts'

export default defineConfig({
  testDir: 'stories',
  testMatch: '*.story.ts',
  outputDir: 'test-results',
  globalSetup: './global-setup.ts',
  // Every story has several browsers with live video: more at a time would starve each other.
  workers: 1,
  retries: 0,
  timeout: patient(120_000),
  expect: { timeout: patient(15_000) },
  reporter: 'list',
  use: {
    actionTimeout: patient(15_000),
    navigationTimeout: patient(15_000),
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
})
