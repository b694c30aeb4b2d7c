import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'

/** Some 26 Mbit/s: what passes takes time, so that a cut finds something done and something still on the way. */
const bytesPerMs = 3_277

/** A line to one node that breaks: asked with every chunk that comes from the node. */
type IsDue = (bytesOfThisConnection: number) => boolean

export class CuttingProxy implements AsyncDisposable {
  /** The node's multiaddr, by way of us. */
  readonly address: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(address: string, server: Server) {
    this.address = address
    this.#server = server
  }

  /** Cuts each connection as soon as it is due. */
  static async open(target: string, isDue: IsDue): Promise<CuttingProxy> {
    const [, port = '', rest = ''] = /^\/ip4\/127\.0\.0\.1\/tcp\/(\d+)(\/p2p\/.+)$/.exec(target) ?? []
    const server = createServer(near => proxy.#pass(near, Number(port), isDue))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port: ours } = server.address() as AddressInfo
    const proxy = new CuttingProxy(`/ip4/127.0.0.1/tcp/${ours}${rest}`, server)
    return proxy
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  #pass(near: Socket, port: number, isDue: IsDue): void {
    const far = connect(port, '127.0.0.1')
    let bytes = 0
    const cut = () => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      this.#sockets.add(socket)
      socket.on('error', cut)
      socket.on('close', cut)
    }
    near.pipe(far)
    const slowly = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length
        if (!near.destroyed && isDue(bytes)) cut()
        yield chunk
        await setTimeout(chunk.length / bytesPerMs)
      }
    }
    pipeline(far, slowly, near).catch(cut)
  }
}
