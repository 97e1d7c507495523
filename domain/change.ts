/** One row of the outbox: something visible changed. Of one transaction, in its order. */
export interface Change {
  /** the transaction, a 64-bit number as text; with `seq` the place in the outbox */
  xid: string
  seq: number
  /** `incident` (key: its id), `incidents` (too many to name) or the name of the table that changed */
  topic: string
  key: string | null
  /** where the case stands, or stood before it moved; '' for what is no case, and outside all areas */
  areaCode: string
  /** whose the case is, or was before it was handed on; null: nobody's */
  departmentCode: string | null
}
