import { expect, it } from 'vitest'
import { addMissingPlatforms, registryAddresses } from './complete-lock.mjs'

const lockWith = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } })

it('adds the platform packages that an optional dependency names and the lock lacks', () => {
  const lock = lockWith({
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64-musl': '2.0.0', '@tool/win32-arm64-msvc': '^2.0.0' },
    },
  })

  expect(addMissingPlatforms(lock)).toEqual(['@tool/linux-x64-musl', '@tool/win32-arm64-msvc'])
  expect(lock.packages).toMatchObject({
    'node_modules/@tool/linux-x64-musl': {
      version: '2.0.0',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    },
    'node_modules/@tool/win32-arm64-msvc': { version: '2.0.0', cpu: ['arm64'], os: ['win32'] },
  })
})

it('leaves alone what the lock has, also below another package', () => {
  const lock = lockWith({
    'node_modules/a': { optionalDependencies: { 'b-linux-x64': '1.0.0', 'c-darwin-arm64': '1.0.0' } },
    'node_modules/a/node_modules/b-linux-x64': { version: '1.0.0', integrity: 'sha512-x' },
    'node_modules/c-darwin-arm64': { version: '1.0.0', integrity: 'sha512-y' },
  })
  const before = structuredClone(lock)

  expect(addMissingPlatforms(lock)).toEqual([])
  expect(lock).toEqual(before)
})

it('finds the addresses of registries, not the folders of workspaces', () => {
  const address = 'https://registry.example/a.tgz'
  const lock = lockWith({ 'node_modules/a': { resolved: address }, 'node_modules/b': { resolved: 'apps/b' } })

  expect(registryAddresses(lock)).toEqual([address])
})
