import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A receiver that takes every connection, and then holds whoever called as a test likes. */
export interface TarPit extends AsyncDisposable {
  url: string
  port: number
  /** Those that are open. */
  connections: Set<Socket>
  /** How many there were. */
  taken: number
}

export async function openTarPit(hold: (caller: Socket) => void): Promise<TarPit> {
  const connections = new Set<Socket>()
  const server = createServer(socket => {
    pit.taken += 1
    connections.add(socket)
    socket
      .on('error', () => {})
      .on('close', () => connections.delete(socket))
      .resume()
    hold(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const pit: TarPit = {
    url: `http://127.0.0.1:${port}/in`,
    port,
    connections,
    taken: 0,
    async [Symbol.asyncDispose]() {
      for (const each of connections) each.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return pit
}

/** Says the beginning, and then this again and again until the caller has gone. */
export function drip(caller: Socket, { begin = '', again }: { begin?: string; again: string }): void {
  caller.write(begin)
  const dripping = setInterval(() => caller.write(again), 2)
  caller.on('close', () => clearInterval(dripping))
}
