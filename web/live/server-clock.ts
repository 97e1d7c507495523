const KEPT = 8

/**
 * How far this machine's clock is off the server's, from answers that tell the server's: of the last few the one
 * that was quickest, for it says most.
 */
export class ServerClock {
  #heard: { roundTripMs: number; offsetMs: number }[] = []

  /**
   * @param sentAt @param receivedAt by this machine's clock, @param serverAt by the server's, milliseconds after 1970
   * Answers what to add to this machine's clock to have the server's, whole milliseconds.
   */
  heard(sentAt: number, receivedAt: number, serverAt: number): number {
    const roundTripMs = receivedAt - sentAt
    const one = { roundTripMs, offsetMs: Math.round(serverAt - (sentAt + receivedAt) / 2) }
    // A clock that was set meanwhile makes the older ones wrong
    const isSet = this.#heard.some(
      (other) => Math.abs(other.offsetMs - one.offsetMs) > (other.roundTripMs + roundTripMs) / 2 + 50,
    )
    this.#heard = isSet ? [one] : [...this.#heard, one].slice(-KEPT)
    return this.#heard.reduce((best, other) => (other.roundTripMs < best.roundTripMs ? other : best)).offsetMs
  }
}
