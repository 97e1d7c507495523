const NOTES = [
  { at: 0, hertz: 659 },
  { at: 0.28, hertz: 523 },
  { at: 0.9, hertz: 659 },
  { at: 1.18, hertz: 523 },
]
const NOTE_SECONDS = 0.24
const LOUDNESS = 0.25

/** Two calm notes, twice. A browser that wants a gesture first stays silent: the picture says it all. */
export function soundTone(): () => void {
  const context = new AudioContext()
  const end = () => {
    if (context.state !== 'closed') void context.close()
  }
  for (const { at, hertz } of NOTES) {
    const note = context.createOscillator()
    const gain = context.createGain()
    note.frequency.value = hertz
    const start = context.currentTime + at
    gain.gain.setValueAtTime(0, start)
    gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.03)
    gain.gain.linearRampToValueAtTime(0, start + NOTE_SECONDS)
    note.connect(gain).connect(context.destination)
    note.start(start)
    note.stop(start + NOTE_SECONDS)
    if (at === NOTES.at(-1)!.at) note.onended = end
  }
  return end
}
