import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Contact, Unmasking } from '../../domain/contact.ts'
import { Problem } from '../../domain/problem.ts'
import { askerOf } from '../access/audited.ts'
import { recordRefusal } from '../access/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import { notFound, RequestError } from '../errors.ts'
import type { ContactKeys } from './contact-keys.ts'
import { purgeContacts } from './purge.ts'
import { findContact } from './queries.ts'
import { resealContacts } from './reseal.ts'
import { unseal } from './seal.ts'

const PURGE_EVERY_MS = 86_400_000
/** A server that was just started has other things to do first. */
const FIRST_PURGE_AFTER_MS = 60_000

export interface ContactRouteParts {
  keys: ContactKeys
}

export const contactRoutes: FastifyPluginAsyncTypebox<ContactRouteParts> = async (app, { keys }) => {
  const { db, config, log } = app

  app.post(
    '/incidents/:id/contact',
    {
      config: { action: 'contact.unmask' },
      schema: {
        tags: ['incidents'],
        summary: 'Whom to call about a case, whole; who asked and why is written down',
        params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        body: Unmasking,
        response: { 200: Contact, '4xx': Problem, '5xx': Problem },
      },
    },
    async (request, reply) => {
      const { params, caseScope, body } = request
      const subject = `incident ${params.id}`
      const reason = body.reason.trim()
      const open = async () => {
        const kept = await findContact(request.db, caseScope, params.id)
        if (!kept) throw notFound('contact of case', String(params.id))
        const found = unseal(kept.sealed, params.id, await keys.all())
        if (!found) {
          throw new RequestError(
            409,
            'No key of this server opens this contact: the one it was sealed with belongs into CONTACT_KEY_OLD.',
          )
        }
        return found
      }
      const contact = await open().catch(async (error) => {
        if (error instanceof RequestError) {
          const after = { reason, status: error.statusCode }
          await recordRefusal(db, request, { action: 'contact.unmask', subject, after })
        }
        throw error
      })
      // Written down before anybody sees it
      await db.transaction((tx) =>
        recordAudit(tx, {
          ...askerOf(request),
          action: 'contact.unmask',
          subject,
          outcome: 'done',
          after: { reason },
        }),
      )
      reply.header('cache-control', 'no-store')
      return contact
    },
  )

  /** With one key there is nothing that another one could have sealed, as far as this server can tell. */
  const reseal = async () => {
    if (!keys.isSet || config.contactKeysOld.length === 0) return
    const { resealed, unopened } = await resealContacts(db, await keys.all())
    if (unopened > 0) log.warn({ unopened }, 'contacts that no key of this server opens')
    log.warn({ resealed }, 'contacts are sealed with the current key: CONTACT_KEY_OLD can be left out')
  }
  app.addHook('onReady', async () => {
    reseal().catch((error) => log.warn({ err: error }, 'contacts stay sealed with a key of before'))
  })

  const purge = () => {
    purgeContacts(db, config.contactRetentionDays).catch((error) =>
      log.warn({ err: error }, 'contacts of cases that ended long ago stay'),
    )
  }
  const first = setTimeout(purge, FIRST_PURGE_AFTER_MS).unref()
  const daily = setInterval(purge, PURGE_EVERY_MS).unref()
  app.addHook('onClose', async () => {
    clearTimeout(first)
    clearInterval(daily)
  })
}
