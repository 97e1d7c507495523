import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** For tests: what stands between a screen and the server, and can be cut. */
export class CutProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(target: () => number) {
    this.#server = createServer((from) => {
      const to = connect(target(), '127.0.0.1')
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        this.#sockets.add(one)
        one.pipe(other)
        one.on('error', () => other.destroy())
        one.on('close', () => {
          this.#sockets.delete(one)
          other.destroy()
        })
      }
    }).listen(0, '127.0.0.1')
  }

  /** @param target the port where the server listens by now */
  static async open(target: () => number): Promise<CutProxy> {
    const proxy = new CutProxy(target)
    await once(proxy.#server, 'listening')
    return proxy
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  close(): void {
    this.cut()
    this.#server.close()
  }
}
