import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export interface TestPerson {
  preferred_username: string
  name: string
  groups: string[]
}

const CLIENT = { id: 'grid', secret: 'a secret between the two of them' }

/** For tests: a real OpenID Connect provider on a loopback address, where `people` sign in without being asked. */
export async function startIssuer(people: Record<string, TestPerson>, port = 0) {
  let handle: ((...words: Parameters<ReturnType<Provider['callback']>>) => void) | undefined
  let next = Object.keys(people)[0]!
  const server = createServer((request, response) => handle!(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    settings: { OPENID_ISSUER: address, OPENID_CLIENT_ID: CLIENT.id, OPENID_CLIENT_SECRET: CLIENT.secret },
    /** From now on this is who sits at the browser. */
    sitsThere(subject: string) {
      next = subject
    },
    /** Answers from now on, to the app at this address. */
    serve(appAddress: string) {
      const provider = new Provider(address, {
        clients: [
          {
            client_id: CLIENT.id,
            client_secret: CLIENT.secret,
            redirect_uris: [`${appAddress}/api/access/open-id/callback`],
          },
        ],
        claims: { openid: ['sub'], profile: ['preferred_username', 'name', 'groups'] },
        findAccount: (_ctx: unknown, sub: string) => ({
          accountId: sub,
          claims: () => ({ sub, ...people[sub] }),
        }),
        interactions: { url: () => '/sign-in-there' },
        features: { devInteractions: { enabled: false } },
        cookies: { keys: ['of the test'] },
        ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
      })
      const callback = provider.callback()
      handle = async (request, response) => {
        if (!request.url!.startsWith('/sign-in-there')) return callback(request, response)
        const grant = new provider.Grant({ accountId: next, clientId: CLIENT.id })
        grant.addOIDCScope('openid profile')
        const grantId = await grant.save()
        await provider.interactionFinished(request, response, {
          login: { accountId: next },
          consent: { grantId },
        })
      }
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** For tests: keeps cookies by host and follows redirects, as browsers do; `stopAt` is not asked for any more. */
export class TestBrowser {
  readonly cookies = new Map<string, string>()

  async go(address: string, stopAt: (address: URL) => boolean = () => false) {
    let at = new URL(address)
    for (let hops = 0; hops < 10; hops++) {
      const sent = [...this.cookies].filter(([key]) => key.startsWith(`${at.host} `))
      const cookie = sent.map(([key, value]) => `${key.split(' ')[1]}=${value}`).join('; ')
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie, accept: 'text/html' } })
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        const key = `${at.host} ${name}`
        if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(key)
        else this.cookies.set(key, value!)
      }
      const location = answer.headers.get('location')
      if (!location) return { at, status: answer.status, body: await answer.text() }
      at = new URL(location, at)
      if (stopAt(at)) return { at, status: answer.status, body: '' }
    }
    throw new Error(`${at} leads on and on`)
  }
}
