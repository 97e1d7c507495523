import { randomInt } from 'node:crypto'

// No letters and digits that are taken for each other across a room
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export const newCode = (): string =>
  Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]!).join('')

/** As somebody typed it from across the room. */
export const readCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
