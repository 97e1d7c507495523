import { expect, it } from 'vitest'
import { ApiError } from '../api/request.ts'
import { passwordFault } from './password-fault.ts'

const answer = (field: string, reason: string) =>
  new ApiError(400, {
    type: 'about:blank',
    title: 'The request cannot be used as it stands.',
    status: 400,
    faults: [{ field, reason, remedy: 'Choose another one.' }],
  })

it('tells the causes apart that the server names', () => {
  expect(passwordFault(answer('next', 'is shorter than 12 characters'))?.cause).toBe('tooShort')
  expect(passwordFault(answer('next', 'is one that is guessed first'))?.cause).toBe('guessed')
  expect(passwordFault(answer('next', 'is the one before'))?.cause).toBe('before')
  expect(passwordFault(answer('current', 'is not the password'))?.field).toBe('current')
})

it('says nothing of a password where the answer is about something else', () => {
  expect(passwordFault(answer('name', 'is too long'))).toBeNull()
  expect(passwordFault(new Error('no answer'))).toBeNull()
})
