import { expect, test } from 'vitest'
import { type TargetRules, Targets } from '../../../node/delivery/target.ts'

const closed: TargetRules = { allowNetworks: [], allowPorts: ['443'], allowHttp: false }
/** The Internet alone, as an operator may well write it. */
const internet: TargetRules = {
  allowNetworks: ['0.0.0.0/0', '::/0'],
  allowPorts: ['1-65535'],
  allowHttp: false,
}
const own = 7700

/** What names lead to, as an attacker who owns the zone may have it. */
const zone: Record<string, string[]> = {
  'good.example': ['93.184.215.14'],
  'inside.example': ['10.0.0.7'],
  'loop.example': ['127.0.0.1'],
  'mixed.example': ['93.184.215.14', '127.0.0.1'],
  'six.example': ['::ffff:169.254.169.254'],
  'mapped.example': ['::ffff:93.184.215.14'],
  'zone.example': ['fe80::1%eth0'],
  'nowhere.example': [],
}

function targets(rules: TargetRules): Targets {
  return new Targets({
    rules,
    ownPorts: () => [own],
    lookUp: async host =>
      (zone[host] ?? []).map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
  })
}

async function codeOf(url: string, rules: TargetRules = internet): Promise<string> {
  return targets(rules)
    .roadTo(url)
    .then(
      () => 'sent to',
      error => error.code,
    )
}

/** Whoever can subscribe writes these; each must be refused for what it is. */
const refused: readonly [url: string, code: string][] = [
  // this machine, in every form that leads to it
  ['https://127.0.0.1/', 'target-loopback'],
  ['https://127.0.0.53:8443/', 'target-loopback'],
  ['https://127.255.255.254/', 'target-loopback'],
  ['https://[::1]/', 'target-loopback'],
  ['https://localhost/', 'target-localhost'],
  ['https://metrics.localhost/', 'target-localhost'],
  ['https://localhost.localdomain/', 'target-localhost'],
  ['https://ip6-loopback/', 'target-localhost'],
  ['https://LOCALHOST/', 'target-host-form'],
  ['https://loop.example/', 'target-loopback'],
  ['https://0.0.0.0/', 'target-reserved'],
  ['https://[::]/', 'target-reserved'],
  // the same address, written so that it does not look like it
  ['https://2130706433/', 'target-host-form'],
  ['https://017700000001/', 'target-host-form'],
  ['https://0x7f000001/', 'target-host-form'],
  ['https://0x7f.0.0.1/', 'target-host-form'],
  ['https://0177.0.0.1/', 'target-host-form'],
  ['https://127.1/', 'target-host-form'],
  ['https://127.0.1/', 'target-host-form'],
  ['https://0/', 'target-host-form'],
  ['https://127.0.0.1./', 'target-host-form'],
  ['https://①②⑦.⓪.⓪.①/', 'target-host-form'],
  ['https://127。0。0。1/', 'target-host-form'],
  ['https://%31%32%37.0.0.1/', 'target-host-form'],
  ['https://[0:0:0:0:0:0:0:1]/', 'target-host-form'],
  ['https://good.example./', 'target-host-form'],
  ['https:good.example/', 'target-host-form'],
  // one address within another
  ['https://[::ffff:7f00:1]/', 'target-embedded'],
  ['https://[::ffff:a9fe:a9fe]/', 'target-embedded'],
  ['https://[::7f00:1]/', 'target-embedded'],
  ['https://[64:ff9b::7f00:1]/', 'target-embedded'],
  ['https://[64:ff9b::a00:7]/', 'target-embedded'],
  ['https://[2002:7f00:1::1]/', 'target-embedded'],
  ['https://[2002:a9fe:a9fe::1]/', 'target-embedded'],
  ['https://[2001:0:5db8:d70e::80ff:fffe]/', 'target-embedded'],
  ['https://six.example/', 'target-embedded'],
  ['https://[::ffff:0:7f00:1]/', 'target-embedded'],
  ['https://[::ffff:0:a9fe:a9fe]/', 'target-embedded'],
  ['https://[64:ff9b:1::7f00:1]/', 'target-embedded'],
  ['https://[64:ff9b:1:7f00:0:100::]/', 'target-embedded'],
  ['https://[64:ff9b:1:7f:0:1::]/', 'target-embedded'],
  ['https://[64:ff9b:1:0:7f:0:100:0]/', 'target-embedded'],
  ['https://[2001:0:7f00:1::a0cf:28f1]/', 'target-embedded'],
  ['https://[2606:4700::5efe:7f00:1]/', 'target-embedded'],
  ['https://[2606:4700::200:5efe:a00:7]/', 'target-embedded'],
  ['https://[fe80::5efe:a00:7]/', 'target-embedded'],
  // doors to what may be sent to, which nobody has named
  ['https://[::ffff:5db8:d70e]/', 'target-embedded'],
  ['https://[::ffff:0:5db8:d70e]/', 'target-embedded'],
  ['https://[::5db8:d70e]/', 'target-embedded'],
  ['https://[64:ff9b::5db8:d70e]/', 'target-embedded'],
  ['https://[64:ff9b:1::5db8:d70e]/', 'target-embedded'],
  ['https://[2002:5db8:d70e::1]/', 'target-embedded'],
  ['https://[2001:0:5db8:d70e::a247:28f1]/', 'target-embedded'],
  ['https://[::ffff:93.184.215.14]/', 'target-host-form'],
  ['https://[64:ff9b::127.0.0.1]/', 'target-host-form'],
  ['https://mapped.example/', 'target-embedded'],
  // where clouds tell secrets
  ['https://169.254.169.254/latest/meta-data/', 'target-metadata'],
  ['https://169.254.170.2/v2/credentials', 'target-metadata'],
  ['https://100.100.100.200/', 'target-metadata'],
  ['https://168.63.129.16/', 'target-metadata'],
  ['https://[fd00:ec2::254]/', 'target-metadata'],
  ['https://169.254.170.23/v1/credentials', 'target-metadata'],
  ['https://[fd00:ec2::23]/', 'target-metadata'],
  ['https://[fd20:ce::254]/', 'target-metadata'],
  ['https://[fe80::a9fe:a9fe]/', 'target-metadata'],
  ['https://192.0.0.192/', 'target-metadata'],
  // the office, the link, and nobody
  ['https://10.0.0.7/', 'target-private'],
  ['https://172.16.0.1/', 'target-private'],
  ['https://172.31.255.254/', 'target-private'],
  ['https://192.168.1.1/', 'target-private'],
  ['https://100.64.0.1/', 'target-private'],
  ['https://[fd12:3456::1]/', 'target-private'],
  ['https://[fec0::1]/', 'target-private'],
  ['https://inside.example/', 'target-private'],
  ['https://169.254.1.1/', 'target-link-local'],
  ['https://[fe80::1]/', 'target-link-local'],
  ['https://[fe80::1%25eth0]/', 'target-malformed'],
  ['https://[fe80::1%eth0]/', 'target-malformed'],
  ['https://zone.example/', 'target-malformed'],
  ['https://224.0.0.1/', 'target-multicast'],
  ['https://[ff02::1]/', 'target-multicast'],
  ['https://255.255.255.255/', 'target-reserved'],
  ['https://240.0.0.1/', 'target-reserved'],
  ['https://192.0.2.1/', 'target-reserved'],
  ['https://198.18.0.1/', 'target-reserved'],
  ['https://[2001:db8::1]/', 'target-reserved'],
  ['https://192.0.0.9/', 'target-reserved'],
  ['https://198.51.100.1/', 'target-reserved'],
  ['https://203.0.113.1/', 'target-reserved'],
  ['https://192.31.196.1/', 'target-reserved'],
  ['https://192.52.193.1/', 'target-reserved'],
  ['https://192.88.99.1/', 'target-reserved'],
  ['https://192.175.48.1/', 'target-reserved'],
  ['https://[100::1]/', 'target-reserved'],
  ['https://[100:0:0:1::1]/', 'target-reserved'],
  ['https://[2001:2::1]/', 'target-reserved'],
  ['https://[2001:10::1]/', 'target-reserved'],
  ['https://[2001:20::1]/', 'target-reserved'],
  ['https://[2001:30::1]/', 'target-reserved'],
  ['https://[2620:4f:8000::1]/', 'target-reserved'],
  ['https://[3fff::1]/', 'target-reserved'],
  ['https://[5f00::1]/', 'target-reserved'],
  ['https://[200::1]/', 'target-reserved'],
  ['https://[4000::1]/', 'target-reserved'],
  ['https://[e000::1]/', 'target-reserved'],
  // ports that are none, or not in their one form
  ['https://good.example:65536/', 'target-malformed'],
  ['https://good.example:-1/', 'target-malformed'],
  ['https://good.example:0/', 'target-port'],
  ['https://good.example:00443/', 'target-host-form'],
  ['https://good.example:/', 'target-host-form'],
  // names that lead to several places, or to none
  ['https://mixed.example/', 'target-mixed'],
  ['https://nowhere.example/', 'target-unresolved'],
  // forms of addresses
  ['https://officer:secret@good.example/', 'target-credentials'],
  ['https://officer@good.example/', 'target-credentials'],
  ['https://@good.example/', 'target-credentials'],
  ['https://good.example@127.0.0.1/', 'target-credentials'],
  ['https://good.example/#part', 'target-fragment'],
  ['https://good.example/#', 'target-fragment'],
  ['http://good.example/', 'target-plain-http'],
  ['ftp://good.example/', 'target-scheme'],
  ['file:///etc/passwd', 'target-scheme'],
  ['gopher://127.0.0.1:25/', 'target-scheme'],
  ['javascript:alert(1)', 'target-scheme'],
  ['data:text/plain,x', 'target-scheme'],
  ['https://', 'target-malformed'],
  ['https:///', 'target-malformed'],
  ['https://good example/', 'target-malformed'],
  ['https://good.example\\@127.0.0.1/', 'target-malformed'],
  ['https:\\\\127.0.0.1\\', 'target-malformed'],
  ['https://good.example/a\r\nHost: inside', 'target-malformed'],
  ['https://good\t.example/', 'target-malformed'],
  [' https://good.example/', 'target-malformed'],
  ['good.example', 'target-malformed'],
  ['', 'target-malformed'],
  [`https://good.example/${'x'.repeat(2000)}`, 'target-too-long'],
]

test.each(refused)('%s is refused with %s', async (url, code) => {
  expect(await codeOf(url)).toBe(code)
})

test('the table is as long as it must be, and names each address once', () => {
  expect(refused.length).toBeGreaterThan(40)
  expect(new Set(refused.map(([url]) => url)).size).toBe(refused.length)
})

test.each([
  'https://good.example/',
  'https://good.example:8443/in?key=1',
  'https://93.184.215.14/',
  'https://[2606:4700::1111]/',
])('%s is sent to where the Internet is allowed', async url => {
  expect(await codeOf(url)).toBe('sent to')
})

test('nothing at all is sent while the operator has allowed no network', async () => {
  expect(await codeOf('https://good.example/', closed)).toBe('target-none-allowed')
})

test('only networks that are named are sent to, and only on ports that are named', async () => {
  const rules = { ...closed, allowNetworks: ['93.184.215.0/24'], allowPorts: ['443', '8000-8002'] }
  expect(await codeOf('https://good.example/', rules)).toBe('sent to')
  expect(await codeOf('https://good.example:8001/', rules)).toBe('sent to')
  expect(await codeOf('https://good.example:8003/', rules)).toBe('target-port')
  expect(await codeOf('https://good.example:0/', rules)).toBe('target-port')
  expect(await codeOf('https://93.184.216.1/', rules)).toBe('target-network')
  expect(await codeOf('https://[2606:4700::1111]/', rules)).toBe('target-network')
  expect(await codeOf('https://good.example/', { ...rules, allowNetworks: ['::/0'] })).toBe('target-network')
})

const doors: readonly [network: string, open: string, closed: string][] = [
  ['::ffff:0:0/96', '[::ffff:5db8:d70e]', '[::ffff:7f00:1]'],
  ['::/96', '[::5db8:d70e]', '[::7f00:1]'],
  ['::ffff:0:0:0/96', '[::ffff:0:5db8:d70e]', '[::ffff:0:7f00:1]'],
  ['64:ff9b::/96', '[64:ff9b::5db8:d70e]', '[64:ff9b::7f00:1]'],
  ['64:ff9b:1::/96', '[64:ff9b:1::5db8:d70e]', '[64:ff9b:1::7f00:1]'],
  ['64:ff9b:1::/48', '[64:ff9b:1:5db8:d7:e00::]', '[64:ff9b:1:7f00:0:100::]'],
  ['2002::/16', '[2002:5db8:d70e::1]', '[2002:7f00:1::1]'],
  ['2001::/32', '[2001:0:5db8:d70e::a247:28f1]', '[2001:0:5db8:d70e::80ff:fffe]'],
]

test.each(doors)('%s opens %s to whom IPv4 is allowed, and never %s', async (network, open, closed) => {
  const named = { ...internet, allowNetworks: ['0.0.0.0/0', network] }
  expect(await codeOf(`https://${open}/`, named)).toBe('sent to')
  expect(await codeOf(`https://${closed}/`, named)).toBe('target-embedded')
  expect(await codeOf(`https://${open}/`, { ...named, allowNetworks: [network] })).toBe('target-embedded')
})

test('a special network is sent to only where it is named by itself, and never on the ports of this node', async () => {
  const rules = {
    ...internet,
    allowNetworks: ['0.0.0.0/0', '127.0.0.0/8', '10.1.0.0/16', '169.254.0.0/16', '224.0.0.0/4'],
  }
  expect(await codeOf('http://127.0.0.1:8080/', rules)).toBe('sent to')
  expect(await codeOf(`http://127.0.0.1:${own}/v1/drafts`, rules)).toBe('target-own-port')
  expect(await codeOf('https://10.1.2.3/', rules)).toBe('sent to')
  expect(await codeOf('https://10.2.2.3/', rules)).toBe('target-private')
  expect(await codeOf('https://169.254.1.1/', rules)).toBe('sent to')
  expect(await codeOf('https://169.254.169.254/', rules)).toBe('target-metadata')
  expect(await codeOf('https://224.0.0.1/', rules)).toBe('target-multicast')
  const named = { ...rules, allowNetworks: ['169.254.169.254/32'] }
  expect(await codeOf('https://169.254.169.254/', named)).toBe('sent to')
})

test('plain http stays on this machine, unless the operator says otherwise', async () => {
  const rules = { ...internet, allowNetworks: ['127.0.0.0/8', '0.0.0.0/0'] }
  expect(await codeOf('http://127.0.0.1:8080/', rules)).toBe('sent to')
  expect(await codeOf('http://good.example/', rules)).toBe('target-plain-http')
  expect(await codeOf('http://good.example/', { ...rules, allowHttp: true })).toBe('sent to')
})

test('a refusal never says where a name leads', async () => {
  const error = await targets(internet)
    .roadTo('https://inside.example/')
    .catch(each => each)
  expect(JSON.stringify([error.message, error.details])).not.toContain('10.0.0.7')
})
