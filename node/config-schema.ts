import { z } from 'zod'

const seconds = z.number().int().min(1)
const port = z.int().min(0).max(65_535)
const hostName = z.string().min(1)

/** A file or folder; a relative one in the file counts from the file, else from the working directory. */
function path(initial: string, description: string) {
  return z.string().min(1).default(initial).meta({ description, path: true })
}

/** Everything that can be set, once: names in the file are these in snake_case. */
export const schema = z.strictObject({
  member: z
    .string({ error: 'is needed: the id of the participant that this node speaks for' })
    .regex(/^[A-Z][A-Z0-9]{1,7}$/, 'is no member id: 2 to 8 capital letters and digits')
    .describe('Id of the participant that this node speaks for, as in the registry.'),
  dataDir: path('focalpoint-data', 'Folder of the store. One node at a time may use it.'),
  keyFile: path('focalpoint-keys.json', "File with this node's private keys; readable by its owner only."),
  trustFile: path(
    'trust.json',
    'File with the roots and the members document to begin with; compare its fingerprint.',
  ),
  network: z
    .strictObject({
      listen: z
        .array(z.string().startsWith('/', 'is no multiaddr'))
        .default(['/ip4/0.0.0.0/tcp/7600'])
        .describe('Multiaddrs on which other nodes reach this one.'),
      announce: z
        .array(z.string().startsWith('/', 'is no multiaddr'))
        .default([])
        .describe('Multiaddrs told to others instead of those of listen, behind a firewall that forwards.'),
      peers: z
        .array(z.string().startsWith('/', 'is no multiaddr'))
        .default([])
        .describe(
          'Multiaddrs of other nodes, ending in /p2p/ and the peer id, beside those in the registry.',
        ),
      degree: z
        .int()
        .min(1)
        .max(64)
        .default(10)
        .describe(
          'Members to keep connected to. 10 to 12: fewer split more easily, more cost time for every message.',
        ),
      beaconSeconds: seconds
        .default(30)
        .describe('Seconds between two beacons, by which others know what is held here.'),
      catchUpSeconds: seconds
        .default(60)
        .describe('Seconds after which a neighbour is asked for what gossip missed.'),
    })
    .prefault({}),
  api: z
    .strictObject({
      host: hostName
        .default('127.0.0.1')
        .describe('Address for the HTTP API; loopback unless a proxy adds TLS.'),
      port: port.default(7700).describe('Port of the HTTP API; 0 takes a free one.'),
      requestsPerMinute: z
        .int()
        .min(1)
        .default(600)
        .describe('Requests a minute for each token; more get 429.'),
      trustedProxies: z
        .array(
          z
            .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'is no address or network such as 192.0.2.1')
            .refine(network => !network.endsWith('/0'), 'would let everybody say where they come from'),
        )
        .default([])
        .describe(
          'Addresses or networks of your own proxies, such as 127.0.0.1: of a request through them X-Forwarded-For says where it comes from. None: whoever connects.',
        ),
    })
    .prefault({}),
  pages: z
    .strictObject({
      idleMinutes: z
        .int()
        .min(5)
        .max(480)
        .default(30)
        .describe('Minutes without a click after which a browser must sign in again, 5 to 480.'),
      origin: z
        .union(
          [z.literal(''), z.string().regex(/^https?:\/\/[^/?#@\s]+$/)],
          'is no address such as https://focalpoint.example',
        )
        .default('')
        .describe(
          'Address at which browsers find the pages, such as https://focalpoint.example, behind a proxy that adds TLS. Empty: where the API listens.',
        ),
      secureCookies: z
        .enum(['auto', 'always', 'never'])
        .default('auto')
        .describe(
          'Whether browsers send their cookie over TLS alone. auto: yes, unless the API listens on loopback only and there is no origin.',
        ),
      pauseSeconds: z
        .int()
        .min(0)
        .max(600)
        .default(30)
        .describe(
          'Seconds after a release on the pages in which sending can still be stopped: time to read once more.',
        ),
    })
    .prefault({}),
  metrics: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether GET /metrics is served for Prometheus.'),
      host: hostName
        .default('127.0.0.1')
        .describe('Address for the metrics: they need no token, so keep it on loopback.'),
      port: port.default(7699).describe('Port of the metrics, apart from the API; 0 takes a free one.'),
    })
    .prefault({}),
  signing: z
    .strictObject({
      lastSignedDir: z.string().min(1).optional().meta({
        description:
          'Folder of the record of what was signed last: never in a backup, best on another disk. Default: last-signed in data_dir.',
        path: true,
      }),
      listenSeconds: seconds
        .default(600)
        .describe(
          'Seconds for which a recovering node listens before it signs again, so that no place is used twice.',
        ),
    })
    .prefault({}),
  store: z
    .strictObject({
      freeSpaceMib: z
        .int()
        .min(1)
        .default(64)
        .describe(
          'MiB to keep free on the disk of data_dir: with less nothing is taken in until there is more.',
        ),
    })
    .prefault({}),
  screening: z
    .strictObject({
      keepDaysMost: z
        .int()
        .min(1)
        .max(3660)
        .default(365)
        .describe('The most days for which a consignment that was screened may be kept.'),
      keepMost: z
        .int()
        .min(1)
        .max(1_000_000)
        .default(100_000)
        .describe('The most consignments that are kept, of all persons: each meets every new notice.'),
      keepMostPerPerson: z
        .int()
        .min(1)
        .max(1_000_000)
        .default(20_000)
        .describe('The most consignments that one person keeps.'),
      keepMibPerPerson: z
        .int()
        .min(1)
        .max(10_000)
        .default(64)
        .describe('MiB that the consignments which one person keeps may take.'),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      allowNetworks: z
        .array(z.union([z.cidrv4(), z.cidrv6()], 'is no network such as 192.0.2.0/24'))
        .default([])
        .describe(
          'Networks to which webhooks may be sent, such as 192.0.2.0/24; none: no webhook at all. 0.0.0.0/0 is the Internet alone: this machine, private networks and doors to IPv4 such as 64:ff9b::/96 must be named by themselves.',
        ),
      allowPorts: z
        .array(
          z.union([
            port.transform(String),
            z.string().regex(/^\d{1,5}(?:-\d{1,5})?$/, 'is no port such as 443, or 8000-8999'),
          ]),
        )
        .default(['443'])
        .describe('Ports to which webhooks may be sent, such as 443 or 8000-8999.'),
      allowHttp: z
        .boolean()
        .default(false)
        .describe('Whether webhooks may be sent without TLS to other machines than this one.'),
    })
    .prefault({}),
  backup: z
    .strictObject({
      remindAfterDays: z
        .int()
        .min(1)
        .default(7)
        .describe('Days without a backup after which the node reminds of it.'),
    })
    .prefault({}),
  erasure: z
    .strictObject({
      checkMinutes: z
        .number()
        .min(0.01)
        .default(60)
        .describe('Minutes between two looks for parts whose last day is over.'),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
        .default('info')
        .describe('Least weight of a log line that is written.'),
    })
    .prefault({}),
})
