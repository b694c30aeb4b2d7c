import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A line to one node that breaks: each connection after its number of bytes, until there are no numbers left. */
export class CuttingProxy implements AsyncDisposable {
  /** The node's multiaddr, by way of us. */
  readonly address: string
  /** What the caller knew when each connection was cut. */
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(address: string, server: Server) {
    this.address = address
    this.#server = server
  }

  static async open(
    target: string,
    { cutAfterBytes, onCut }: { cutAfterBytes: readonly number[]; onCut: () => void },
  ): Promise<CuttingProxy> {
    const [, port = '', rest = ''] = /^\/ip4\/127\.0\.0\.1\/tcp\/(\d+)(\/p2p\/.+)$/.exec(target) ?? []
    const left = [...cutAfterBytes]
    const server = createServer(near => proxy.#pass(near, Number(port), left.shift(), onCut))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const proxy = new CuttingProxy(
      `/ip4/127.0.0.1/tcp/${(server.address() as AddressInfo).port}${rest}`,
      server,
    )
    return proxy
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  #pass(near: Socket, port: number, cutAfter: number | undefined, onCut: () => void): void {
    const far = connect(port, '127.0.0.1')
    let bytes = 0
    const end = () => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      this.#sockets.add(socket)
      socket.on('error', end)
      socket.on('close', end)
    }
    near.pipe(far)
    far.on('data', chunk => {
      bytes += chunk.length
      if (cutAfter === undefined || bytes < cutAfter) return
      near.destroy()
      onCut()
      end()
    })
    far.pipe(near)
  }
}
