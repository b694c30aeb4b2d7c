import { isIPv6 } from 'node:net'
import { FocalpointError } from '#protocol'
import { apiLimits } from './limits.ts'

/** Where to listen; port 0 takes a free one. */
export interface Address {
  host: string
  port: number
}

/** Listens and tells the URL. Throws `port-busy`. */
export async function listenAt(
  app: { listen(address: Address): Promise<string> },
  { host, port }: Address,
): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause
    const address = `${isIPv6(host) ? `[${host}]` : host}:${port}`
    throw new FocalpointError(
      'port-busy',
      `Something else listens on ${address} already: stop it, or choose another port.`,
      { address },
      { cause },
    )
  }
}

/** Lets answers under way end, for a while. */
export async function closeWithin(app: {
  close(): Promise<unknown>
  server: { closeAllConnections(): void }
}): Promise<void> {
  const limit = setTimeout(() => app.server.closeAllConnections(), apiLimits.closingMs)
  try {
    await app.close()
  } finally {
    clearTimeout(limit)
  }
}
