import * as client from 'openid-client'
import { RequestError } from '../../errors.ts'
import type { OpenIdSettings } from './settings.ts'

const ANSWER_WITHIN_S = 10
/** Issuers move their endpoints rarely; the keys are fetched anew by themselves. */
const KNOWN_FOR_MS = 3_600_000

/** Somebody who has just signed in at the issuer. */
export interface OpenIdPerson {
  subject: string
  name: string
  displayName: string
  groups: string[]
}

/** What must be the same when somebody comes back; it stays with the browser that began. */
export interface OpenIdFlow {
  state: string
  nonce: string
  codeVerifier: string
}

/** `reason` is for the log: what the issuer, or the check of its answer, says. */
export class IssuerError extends RequestError {
  readonly reason: string

  constructor(statusCode: 401 | 503, title: string, cause: unknown) {
    super(statusCode, title)
    const { message, code, error } = cause as { message?: string; code?: string; error?: string }
    this.reason = [message, code, error].filter(Boolean).join(', ')
  }
}

/** The organisation's own sign-in. It is asked for what it can do when it is first needed, so it may be down before. */
export class Issuer {
  #known: { configuration: Promise<client.Configuration>; until: number } | undefined

  constructor(private readonly settings: OpenIdSettings) {}

  /**
   * Where the browser goes to sign in.
   * @throws IssuerError 503 when the issuer does not answer
   */
  async begin(redirectUri: string): Promise<{ flow: OpenIdFlow; address: URL }> {
    const configuration = await this.#configuration()
    const flow = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      codeVerifier: client.randomPKCECodeVerifier(),
    }
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: this.settings.scopes,
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(flow.codeVerifier),
      code_challenge_method: 'S256',
    })
    return { flow, address }
  }

  /**
   * Who came back.
   * @param address the whole address that the issuer sent the browser to
   * @throws IssuerError 401 when the answer is not one to `flow`, 503 when the issuer does not answer
   */
  async end(address: URL, { state, nonce, codeVerifier }: OpenIdFlow): Promise<OpenIdPerson> {
    const configuration = await this.#configuration()
    try {
      const tokens = await client.authorizationCodeGrant(configuration, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      })
      const claims: Record<string, unknown> & { sub: string } = { ...tokens.claims()! }
      if (
        claims[this.settings.groupsClaim] === undefined &&
        configuration.serverMetadata().userinfo_endpoint
      ) {
        Object.assign(claims, await client.fetchUserInfo(configuration, tokens.access_token, claims.sub))
      }
      return this.#personOf(claims)
    } catch (error) {
      throw new IssuerError(401, 'The sign-in of your organisation was not completed: begin again.', error)
    }
  }

  #personOf(claims: Record<string, unknown> & { sub: string }): OpenIdPerson {
    const text = (...names: string[]) =>
      names.map((name) => claims[name]).find((value) => typeof value === 'string' && value.trim() !== '') as
        | string
        | undefined
    const groups = claims[this.settings.groupsClaim]
    const name = text('preferred_username', 'email') ?? claims.sub
    return {
      // Two issuers may know different people by the same word
      subject: `${this.settings.issuer} ${claims.sub}`,
      name,
      displayName: text('name', 'preferred_username', 'email') ?? claims.sub,
      groups: [groups].flat().filter((group) => typeof group === 'string'),
    }
  }

  async #configuration(): Promise<client.Configuration> {
    if (!this.#known || this.#known.until < Date.now()) {
      this.#known = { configuration: this.#discover(), until: Date.now() + KNOWN_FOR_MS }
    }
    const known = this.#known
    try {
      return await known.configuration
    } catch (error) {
      if (this.#known === known) this.#known = undefined
      throw new IssuerError(
        503,
        'The sign-in of your organisation does not answer: try again in a moment.',
        error,
      )
    }
  }

  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings
    const isPlain = new URL(issuer).protocol === 'http:'
    return client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretBasic(clientSecret), {
      timeout: ANSWER_WITHIN_S,
      // On this very machine alone: readOpenIdSettings refuses others
      ...(isPlain && { execute: [client.allowInsecureRequests] }),
    })
  }
}
