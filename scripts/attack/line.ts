import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A line to one node that can be cut and healed; what knocks while it is cut is turned away. */
export class Line implements AsyncDisposable {
  /** The node's multiaddr, by way of us. */
  readonly address: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #isCut = false

  private constructor(address: string, server: Server) {
    this.address = address
    this.#server = server
  }

  static async open(target: string): Promise<Line> {
    const [, port = '', rest = ''] = /^\/ip4\/127\.0\.0\.1\/tcp\/(\d+)(\/p2p\/.+)$/.exec(target) ?? []
    const server = createServer(near => line.#pass(near, Number(port)))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port: ours } = server.address() as AddressInfo
    const line = new Line(`/ip4/127.0.0.1/tcp/${ours}${rest}`, server)
    return line
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  heal(): void {
    this.#isCut = false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
  }

  #pass(near: Socket, port: number): void {
    if (this.#isCut) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  }
}
