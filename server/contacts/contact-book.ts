import { type Contact, lastFourDigits, type MaskedContact } from '../../domain/contact.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Queryable, Transaction } from '../database/database.ts'
import type { ContactKeys } from './contact-keys.ts'
import { findContact, insertContact } from './queries.ts'
import { digestOf, seal } from './seal.ts'

/** What the reporting and the showing of cases needs of their contacts. */
export class ContactBook {
  constructor(private readonly keys: ContactKeys) {}

  /**
   * Tells two contacts apart without telling them.
   * @throws RequestError where this server can keep none
   */
  async digest(contact: Contact): Promise<string> {
    return digestOf(contact, await this.keys.current())
  }

  async keep(tx: Transaction, incidentId: number, contact: Contact): Promise<void> {
    const sealed = seal(contact, incidentId, await this.keys.current())
    await insertContact(tx, incidentId, sealed, lastFourDigits(contact.phone))
  }

  /** null: there is none to be seen */
  async masked(db: Queryable, scope: CaseScope, incidentId: number): Promise<MaskedContact | null> {
    const contact = await findContact(db, scope, incidentId)
    return contact && { phoneLastFour: contact.lastFour }
  }
}
