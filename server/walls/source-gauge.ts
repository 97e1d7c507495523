import { Gauge, type Registry } from 'prom-client'

/** Tells in /metrics whether what is read from elsewhere answered when it was last asked. */
export class SourceGauge {
  readonly #gauge: Gauge<'source'>

  constructor(registry: Registry) {
    this.#gauge = new Gauge({
      name: 'source_up',
      help: '1: the source answered as it should when it was last asked, 0: it did not',
      labelNames: ['source'],
      registers: [registry],
    })
  }

  set(source: 'weather' | 'cap', works: boolean): void {
    this.#gauge.set({ source }, works ? 1 : 0)
  }
}
