import { expect, it } from 'vitest'
import { refuseWeakPassword } from '../../server/access/password.ts'
import type { RequestError } from '../../server/errors.ts'
import { ApiError } from '../api/request.ts'
import { passwordFault } from './password-fault.ts'

const faultOf = (password: string) => {
  try {
    refuseWeakPassword(password, 'lilei', 'next')
  } catch (error) {
    const { statusCode: status, title, faults } = error as RequestError
    return passwordFault(new ApiError(status, { type: 'about:blank', title, status, faults }))
  }
  return null
}

it('knows each cause that the server names', () => {
  expect(faultOf('short')).toEqual({ field: 'next', cause: 'tooShort' })
  expect(faultOf('lilei lilei lilei')).toEqual({ field: 'next', cause: 'guessed' })
  expect(faultOf('a sentence that nobody else says')).toBeNull()
  expect(passwordFault(new Error('no answer'))).toBeNull()
})
