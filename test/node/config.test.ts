import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configKeys, configOf, loadConfig } from '../../node/config.ts'
import { openTestFolder } from './cli/run.ts'

interface Given {
  toml?: string
  environment?: Record<string, string>
  flags?: Record<string, string>
  file?: string
}

async function load({ toml, environment = {}, flags = {}, file }: Given) {
  await using folder = await openTestFolder()
  if (toml !== undefined) await writeFile(join(folder.path, 'focalpoint.toml'), toml)
  const loaded = await loadConfig({ file, environment, flags, workingDirectory: folder.path })
  return { ...loaded, folder: folder.path }
}

describe('the configuration', () => {
  test('fills in every default', async () => {
    const { config, folder } = await load({ toml: 'member = "QM"' })
    expect(config.network.degree).toBe(10)
    expect(config.api).toMatchObject({ host: '127.0.0.1', port: 7700, requestsPerMinute: 600 })
    expect(config.signing.lastSignedDir).toBe(join(folder, 'focalpoint-data', 'last-signed'))
  })

  test('takes a flag before the environment, the environment before the file, the file before a default', async () => {
    const toml = 'member = "QM"\n[api]\nport = 1001\nhost = "127.0.0.2"\nrequests_per_minute = 5'
    const { config, settings } = await load({
      toml,
      environment: { FOCALPOINT_API_PORT: '1002', FOCALPOINT_API_HOST: '127.0.0.3' },
      flags: { 'api-port': '1003' },
    })
    expect(config.api).toMatchObject({ host: '127.0.0.3', port: 1003, requestsPerMinute: 5 })
    const origins = Object.fromEntries(
      settings.map(({ key, origin, source }) => [key.name, [origin, source]]),
    )
    expect(origins['api.port']).toEqual(['flag', '--api-port'])
    expect(origins['api.host']).toEqual(['environment', 'FOCALPOINT_API_HOST'])
    expect(origins['api.requests_per_minute']?.[0]).toBe('file')
    expect(origins['log.level']).toEqual(['default', undefined])
  })

  test('reads lists, numbers and yes or no from the environment', async () => {
    const { config } = await load({
      environment: {
        FOCALPOINT_MEMBER: 'QM',
        FOCALPOINT_NETWORK_LISTEN: '/ip4/127.0.0.1/tcp/1, /ip4/127.0.0.1/tcp/2',
        FOCALPOINT_METRICS_ENABLED: 'false',
        FOCALPOINT_ERASURE_CHECK_MINUTES: '0.5',
      },
    })
    expect(config.network.listen).toEqual(['/ip4/127.0.0.1/tcp/1', '/ip4/127.0.0.1/tcp/2'])
    expect(config.metrics.enabled).toBe(false)
    expect(config.erasure.checkMinutes).toBe(0.5)
  })

  test('counts paths in the file from the file, and those of flags from the working directory', async () => {
    await using folder = await openTestFolder()
    await mkdir(join(folder.path, 'etc'))
    await writeFile(join(folder.path, 'etc', 'node.toml'), 'member = "QM"\ndata_dir = "data"')
    const { config } = await loadConfig({
      file: 'etc/node.toml',
      environment: {},
      flags: { 'key-file': 'keys.json' },
      workingDirectory: folder.path,
    })
    expect(config.dataDir).toBe(join(folder.path, 'etc', 'data'))
    expect(config.keyFile).toBe(join(folder.path, 'keys.json'))
  })

  test.each([
    ['at the top', { toml: 'membr = "QM"' }, 'membr', 'member'],
    ['in a section', { toml: '[network]\ndegre = 3' }, 'network.degre', 'network.degree'],
    ['in the wrong section', { toml: 'degree = 3' }, 'degree', 'network.degree'],
    ['as a section', { toml: '[netwrk]\ndegree = 3' }, 'netwrk', 'network'],
    [
      'in the environment',
      { environment: { FOCALPOINT_API_PROT: '1' } },
      'FOCALPOINT_API_PROT',
      'FOCALPOINT_API_PORT',
    ],
  ])('refuses a key that it does not know %s, and says which was meant', async (_, given, key, meant) => {
    await expect(load(given)).rejects.toMatchObject({ code: 'config-key-unknown', details: { key, meant } })
  })

  test('names every wrong value at once, as the file spells it', async () => {
    const toml =
      'member = "Quillmark"\n[network]\nbeacon_seconds = "often"\nlisten = ["tcp:1"]\n[log]\nlevel = "loud"'
    const error = await load({ toml }).catch(error => error)
    expect(error.code).toBe('config-invalid')
    expect(error.details.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/log/level',
      '/member',
      '/network/beacon_seconds',
      '/network/listen/0',
    ])
  })

  test('trusts the proxies that are named, and nobody who would be everybody', async () => {
    const given = (toml: string) => load({ toml: `member = "QM"\n[api]\ntrusted_proxies = ${toml}` })
    const { config } = await given('["127.0.0.1", "fd00::/8"]')
    expect(config.api.trustedProxies).toEqual(['127.0.0.1', 'fd00::/8'])
    for (const wrong of ['["0.0.0.0/0"]', '["::/0"]', '["proxy"]', '["10.0.0.0/33"]'])
      await expect(given(wrong), wrong).rejects.toMatchObject({
        code: 'config-invalid',
        details: { errors: [{ pointer: '/api/trusted_proxies/0' }] },
      })
  })

  test('needs a member', async () => {
    await expect(load({})).rejects.toMatchObject({
      code: 'config-invalid',
      details: { errors: [{ pointer: '/member' }] },
    })
  })

  test.each([
    ['is not there', { file: 'nowhere.toml' }],
    ['is no TOML', { toml: 'member = ' }],
  ])('refuses a file that %s', async (_, given) => {
    await expect(load(given)).rejects.toMatchObject({ code: 'config-unreadable' })
  })

  test('describes every key, once for the file, the environment and the flags', () => {
    expect(configKeys.filter(key => key.description === '')).toEqual([])
    expect(new Set(configKeys.map(key => key.variable)).size).toBe(configKeys.length)
    expect(new Set(configKeys.map(key => key.flag)).size).toBe(configKeys.length)
  })

  test('is made from values at hand, too', () => {
    expect(configOf({ member: 'QM', dataDir: '/d', api: { port: 0 } })).toMatchObject({
      dataDir: '/d',
      api: { port: 0, host: '127.0.0.1' },
      signing: { lastSignedDir: join('/d', 'last-signed') },
    })
  })
})
