/** What the audit tells of, by what it is about. A row may hold others: a refused route is told by its right. */
export const AUDITED = {
  contacts: ['contact.unmask', 'contact.purge'],
  signingIn: ['sign-in', 'sign-out', 'password.change'],
  users: ['user.create', 'user.change', 'user.password', 'user.sign-out'],
  walls: ['wall.pair', 'wall.revoke'],
  cases: ['incident.report', 'incident.advance'],
  data: [
    'import.begin',
    'import.end',
    'import.undo',
    'import.remember',
    'upload.send',
    'upload.remove',
    'database.seed',
    'database.reset',
    'database.move',
  ],
  audit: ['audit.export', 'audit.purge'],
} as const
