import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type Addresses, addressesWithin, isLoopback } from './address.ts'
import { embeddedIn } from './embedded.ts'
import { deliveryLimits } from './limits.ts'
import { refusal } from './refusal.ts'

/** Where the operator lets this node send. */
export interface TargetRules {
  /** CIDR; none: nothing is sent anywhere. */
  allowNetworks: readonly string[]
  /** `443`, `8000-8999`. */
  allowPorts: readonly string[]
  /** Plain http also beyond this machine. */
  allowHttp: boolean
}

export interface Address {
  address: string
  family: number
}

/** An address to which may be sent, and where it leads at this moment. */
export interface Road {
  url: URL
  addresses: readonly Address[]
}

export interface TargetsOptions {
  rules: TargetRules
  /** Of this node itself: of the API, the metrics and the network. */
  ownPorts: () => readonly number[]
  /** All addresses of a name; rejects for a name that leads nowhere. */
  lookUp?: (host: string) => Promise<readonly Address[]>
}

/** Names that lead to this machine wherever they are asked for: RFC 6761, 6.3, and what systems put into /etc/hosts. */
const ownNames = /^(?:.*\.)?localhost$|^localhost\.localdomain$|^ip6-(?:localhost|loopback)$/

const defaultPorts: Record<string, number> = { 'https:': 443, 'http:': 80 }

/** Judges where a webhook may lead: its form, its port, and every address of its name. */
export class Targets {
  readonly #options: TargetsOptions
  readonly #addresses: Addresses
  readonly #ports: readonly (readonly [from: number, to: number])[]

  constructor(options: TargetsOptions) {
    this.#options = options
    this.#addresses = addressesWithin(options.rules.allowNetworks)
    this.#ports = options.rules.allowPorts.map(portRange)
  }

  /**
   * Where it leads now. The addresses that were judged are those that are connected to: what a name leads to a moment
   * later changes nothing. Throws `target-…`.
   */
  async roadTo(text: string, signal?: AbortSignal): Promise<Road> {
    if (this.#options.rules.allowNetworks.length === 0)
      throw refusal('target-none-allowed', text.slice(0, 100))
    const url = parseTarget(text)
    const host = bareHost(url)
    const port = portOf(url)
    if (!this.#ports.some(([from, to]) => port >= from && port <= to)) throw refusal('target-port', host)
    const addresses =
      isIP(host) === 0 ? await this.#lookUp(host, signal) : [{ address: host, family: isIP(host) }]
    const codes = addresses.map(({ address }) => this.#refusalOf(url, address))
    const code = codes.find(each => each !== undefined)
    if (code === undefined) return { url, addresses }
    throw refusal(codes.every(each => each !== undefined) ? code : 'target-mixed', host)
  }

  #refusalOf(url: URL, address: string) {
    const code = this.#addresses.refusalOf(address)
    if (code !== undefined) return code
    if (this.#options.ownPorts().includes(portOf(url)) && isOfThisMachine(address)) return 'target-own-port'
    const isPlain = url.protocol === 'http:' && !this.#options.rules.allowHttp && !isLoopback(address)
    return isPlain ? 'target-plain-http' : undefined
  }

  async #lookUp(host: string, signal: AbortSignal | undefined): Promise<readonly Address[]> {
    const { lookUp = lookUpAll } = this.#options
    const late = AbortSignal.any([AbortSignal.timeout(deliveryLimits.lookupMs), ...(signal ? [signal] : [])])
    const never = new Promise<never>((_, reject) => late.addEventListener('abort', () => reject(late.reason)))
    const found = await Promise.race([lookUp(host), never]).catch(() => [])
    if (found.length === 0) throw refusal('target-unresolved', host)
    return found
  }
}

/** The form alone. Throws `target-…`. */
function parseTarget(text: string): URL {
  if (text.length > deliveryLimits.urlCharacters) throw refusal('target-too-long', text.slice(0, 100))
  const url = URL.parse(text)
  if (url === null || /[\s\p{Cc}\\]/u.test(text)) throw refusal('target-malformed', text.slice(0, 100))
  const host = bareHost(url)
  if (!(url.protocol in defaultPorts)) throw refusal('target-scheme', text.slice(0, 100))
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(text))
    throw refusal('target-credentials', host)
  if (text.includes('#')) throw refusal('target-fragment', host)
  if (!isWrittenAs(text, url) || host.endsWith('.')) throw refusal('target-host-form', host)
  if (ownNames.test(host)) throw refusal('target-localhost', host)
  return url
}

/** The parser of URLs takes 2130706433, 0x7f.1 and 127。0。0。1 for 127.0.0.1: whoever writes that hides something. */
function isWrittenAs(text: string, { protocol, hostname }: URL): boolean {
  const written = `${protocol}//${hostname}`
  return text.startsWith(written) && /^(?::(?:0|[1-9]\d*))?(?:[/?]|$)/.test(text.slice(written.length))
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (defaultPorts[protocol] ?? 0) : Number(port)
}

function isOfThisMachine(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap(each => each?.map(({ address }) => address) ?? [])
  return [address, ...embeddedIn(address)].some(each => isLoopback(each) || own.includes(each))
}

function lookUpAll(host: string): Promise<Address[]> {
  return lookup(host, { all: true, order: 'verbatim' })
}

function portRange(text: string): readonly [number, number] {
  const [from = '', to = from] = text.split('-')
  return [Number(from), Number(to)]
}
