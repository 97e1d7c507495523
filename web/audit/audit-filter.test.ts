import { expect, it } from 'vitest'
import { filterOf, readAuditView, WHOLE_AUDIT } from './audit-filter.ts'

it('is all of the audit where an address names nothing, or nothing that there is', () => {
  expect(readAuditView(new URLSearchParams('language=en'))).toEqual(WHOLE_AUDIT)
  expect(readAuditView(new URLSearchParams('first=yesterday&last=2026-13-01&outcome=maybe&who='))).toEqual(
    WHOLE_AUDIT,
  )
  expect(filterOf(WHOLE_AUDIT, 'Asia/Shanghai')).toEqual({})
})

it("asks for whole days on the district's clock, the last one included", () => {
  const view = readAuditView(new URLSearchParams('first=2026-11-01&last=2026-11-02&action=contact.unmask'))
  expect(filterOf(view, 'Asia/Shanghai')).toEqual({
    from: '2026-10-31T16:00:00.000Z',
    to: '2026-11-02T16:00:00.000Z',
    action: 'contact.unmask',
  })
})
