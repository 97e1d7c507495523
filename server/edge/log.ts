import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

/** Where secrets stand in what is logged, whoever logs it. */
const SECRETS = ['password', 'current', 'next', 'token', 'secret', 'cookie', 'authorization', 'set-cookie']

/** How the server logs: lines of JSON without passwords, cookies and tokens. */
export function logOptions({ logLevel }: Config) {
  if (logLevel === 'silent') return false
  return {
    level: logLevel,
    redact: {
      paths: SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[not logged]',
    },
    serializers: {
      // What stands behind the question mark may be the code of a sign-in, or whom somebody looks for
      req: ({ method, url, ip }: FastifyRequest) => ({ method, path: url.split('?')[0], address: ip }),
    },
  }
}
