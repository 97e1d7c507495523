import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EventStreamReader } from './event-stream.ts'

const STREAM =
  ': a comment\nid: 1\nevent: hello\ndata: {"a":1}\n\nevent: beat\ndata: x\ndata:  y\n\n' +
  'event: nothing\n\r\ndata\r\n\r\nid\rdata: end\r\rdata: cut off'

it('takes events apart wherever the text is cut', () => {
  const whole = [
    { name: 'hello', id: '1', data: '{"a":1}' },
    { name: 'beat', id: '1', data: 'x\n y' },
    { name: 'message', id: '1', data: '' },
    { name: 'message', id: '', data: 'end' },
  ]
  expect(new EventStreamReader().read(STREAM)).toEqual(whole)
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length)), (cuts) => {
      const reader = new EventStreamReader()
      const places = [0, ...cuts.sort((a, b) => a - b), STREAM.length]
      const events = places.slice(1).flatMap((end, n) => reader.read(STREAM.slice(places[n], end)))
      expect(events).toEqual(whole)
    }),
  )
})
