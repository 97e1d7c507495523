import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'

/** A setting that cannot be used; `message` names the variable and the remedy. */
export class ConfigError extends Error {}

export function wholeNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = env[name]
  if (!text) return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new ConfigError(
    `${name}=${text} is no whole number from ${min} to ${max}: correct it or leave it out.`,
  )
}

export function oneOf<T extends string>(
  env: NodeJS.ProcessEnv,
  name: string,
  choices: readonly T[],
  fallback: T,
): T {
  const text = env[name]
  if (!text) return fallback
  const choice = choices.find((one) => one === text)
  if (choice) return choice
  throw new ConfigError(`${name}=${text} is not known: use one of ${choices.join(', ')}.`)
}

export function webAddress(env: NodeJS.ProcessEnv, name: string): string | null {
  const text = env[name]
  if (!text) return null
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new ConfigError(
    `${name}=${text} is no whole web address: begin it with https:// and the host, or leave it out.`,
  )
}

/**
 * What must not be seen: from the variable itself, or from the file that `NAME_FILE` names, as container hosts hand
 * secrets in. The value is never part of a message.
 */
export function secret(env: NodeJS.ProcessEnv, name: string): string | null {
  const file = env[`${name}_FILE`]
  if (!file) return env[name] || null
  if (env[name]) throw new ConfigError(`${name} and ${name}_FILE are both set: leave one of them out.`)
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch {
    throw new ConfigError(`${name}_FILE=${file} cannot be read: name a file that this user may read.`)
  }
  if (text) return text
  throw new ConfigError(`${name}_FILE=${file} is empty: write the value into it.`)
}

/** Addresses and networks (`10.0.0.0/8`), with commas between them. */
export function networks(env: NodeJS.ProcessEnv, name: string): string[] {
  const all = (env[name] ?? '').split(',').map((one) => one.trim())
  const named = all.filter((one) => one !== '')
  for (const one of named) {
    if (isNetwork(one)) continue
    throw new ConfigError(
      `${name} names ${one}, which is no address or network: write them such as 127.0.0.1,10.1.0.0/16.`,
    )
  }
  return named
}

function isNetwork(text: string): boolean {
  const [address, bits, ...rest] = text.split('/')
  const version = isIP(address!)
  if (version === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  // A network of everybody would let anybody say who they are
  return /^\d+$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)
}
