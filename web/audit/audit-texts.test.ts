import { expect, it } from 'vitest'
import { ACTIONS } from '../../domain/access/action.ts'
import { AUDIT_ACTIONS, type AuditAction } from '../../domain/audit.ts'
import en from '../ui/language/en.json' with { type: 'json' }
import zh from '../ui/language/zh-CN.json' with { type: 'json' }

const actions: AuditAction[] = [...Object.values(AUDIT_ACTIONS).flat(), ...ACTIONS]

it.each([
  ['zh-CN', zh],
  ['en', en],
])(
  'the audit has a text for each of its actions, and for each right that may be refused (%s)',
  (_, texts) => {
    const textOf = (action: string) =>
      action
        .split('.')
        .reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], texts.audit.action)
    expect(actions.filter((action) => typeof textOf(action) !== 'string')).toEqual([])
    expect(Object.keys(AUDIT_ACTIONS).filter((group) => !(group in texts.audit.group))).toEqual([])
  },
)
