import { expect, it } from 'vitest'
import { pairAddress, wallAddress } from './wall-address.ts'

it('carries the part of a split wall to be paired and back', () => {
  const pair = pairAddress('part=1%2C0', true)
  expect(new URLSearchParams(pair.slice('/pair?'.length)).get('part')).toBe('1,0')
  expect(pair).toContain('revoked=1')
  const wall = wallAddress(pair.slice('/pair?'.length))
  expect(wall).toBe('/wall?part=1%2C0')
  expect([pairAddress('', false), wallAddress('revoked=1')]).toEqual(['/pair', '/wall'])
})
