import type { FastifyReply, FastifyRequest } from 'fastify'

export const SESSION_COOKIE = 'session'
export const WALL_COOKIE = 'wall'
export const PAIRING_COOKIE = 'pairing'
/** As long as browsers keep a cookie; renewed whenever the wall asks who it is. */
export const WALL_COOKIE_S = 400 * 86_400

/** Behind TLS the cookie goes over TLS alone; without it, on a loopback address, it must go as it can. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
  maxAgeS?: number,
) {
  reply.setCookie(name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    ...(maxAgeS !== undefined && { maxAge: maxAgeS }),
  })
}

export function clearCookie(reply: FastifyReply, name: string) {
  reply.clearCookie(name, { path: '/', httpOnly: true, sameSite: 'lax' })
}
