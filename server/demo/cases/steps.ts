import type { Intake, Status } from '../../../domain/incident.ts'
import { Random } from '../random.ts'
import type { CaseCategory, CaseRecipe } from './case-recipe.ts'

/** One step of a case's way through the loop. */
export interface PlannedStep {
  /** seconds from the report */
  afterS: number
  actor: string
  from: Status | null
  to: Status
  /** seconds from the report to the deadline that counts from this step on; null: as before */
  dueAfterS: number | null
  reason: string | null
}

const HOUR_S = 3600
/** Of the normal distribution: how many standard deviations are exceeded by this share (bisected). */
function deviationsExceededBy(share: number): number {
  let [low, high] = [-6, 6]
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2
    if (1 - normalShareBelow(middle) > share) low = middle
    else high = middle
  }
  return low
}

/** Abramowitz and Stegun 26.2.17, to 1e-7. */
function normalShareBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const tail =
    density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z >= 0 ? 1 - tail : tail
}

/** Standard deviation of that logarithm. */
const SPREAD = 0.4

/** How cases go through the loop. */
export class Loop {
  readonly #shares: CaseRecipe['shares']
  readonly #patrolShare: number
  /** mean of the logarithm of the time taken over the time allowed: so many are late as the recipe says */
  readonly #meanLog: number

  constructor(recipe: CaseRecipe) {
    this.#shares = recipe.shares
    this.#patrolShare = recipe.intakes.patrol
    const { solvedOnTheSpot, overdue, reworked } = recipe.shares
    // Only who has a deadline can miss it; who does the work twice nearly always does
    this.#meanLog = -SPREAD * deviationsExceededBy(overdue / (1 - solvedOnTheSpot) - reworked * 0.05)
  }

  /**
   * All steps of a case up to its archive, the same for the same id at any time: what is still to come is known
   * to who asks again. `gridCode` names the staff of the grid.
   */
  steps(id: number, category: CaseCategory, intake: Intake, gridCode: string): PlannedStep[] {
    const random = new Random(id, 7)
    const shares = this.#shares
    const worker = `网格员 ${gridCode.slice(-6)}`
    const desk = `受理员 ${(id % 24) + 1}`
    const department = category.departmentCode
    const way = new Way(intake === 'patrol' ? worker : INTAKE_ACTORS[intake])
    const minutes = (least: number, most: number) => random.between(least, most) * 60
    if (intake === 'patrol' && random.chance(shares.solvedOnTheSpot / this.#patrolShare)) {
      way.go('handled', minutes(2, 40), worker)
      way.go('closed', minutes(1, 30), desk, '现场处置')
      return way.steps
    }
    if (random.chance(shares.void)) {
      way.go('void', minutes(5, 90), desk, random.pick(['重复上报', '不属实', '不在受理范围']))
      return way.steps
    }
    way.go('filed', minutes(2, 25), desk)
    way.go('dispatched', minutes(3, 45), desk, null, category.limitHours * HOUR_S)
    const limitS = category.limitHours * HOUR_S
    if (random.chance(shares.returned)) {
      way.go('filed', limitS * random.between(0.02, 0.15), department, '非本部门职责')
      way.go('dispatched', minutes(10, 90), desk, '重新派遣', limitS)
    }
    if (random.chance(shares.suspended)) {
      way.go(
        'suspended',
        limitS * random.between(0.1, 0.4),
        department,
        random.pick(['待专项整治', '待立项施工']),
      )
      way.go('dispatched', random.between(3, 20) * 24 * HOUR_S, desk, '恢复办理', limitS)
    }
    const taken = () => limitS * Math.exp(this.#meanLog + SPREAD * random.normal())
    if (random.chance(shares.reworked)) {
      const [first, again] = [taken(), taken() * 0.3]
      way.go('handled', first * 0.6, department)
      way.go('dispatched', first * 0.2, worker, '核查未通过，返工')
      this.#finish(way, again, department, worker, desk)
    } else {
      this.#finish(way, taken(), department, worker, desk)
    }
    return way.steps
  }

  /** The last three steps, which take `takesS` together. */
  #finish(way: Way, takesS: number, department: string, worker: string, desk: string): void {
    way.go('handled', takesS * 0.8, department)
    way.go('verified', takesS * 0.14, worker)
    way.go('closed', takesS * 0.06, desk)
  }
}

const INTAKE_ACTORS: Record<Exclude<Intake, 'patrol'>, string> = {
  video: '视频巡查',
  public: '公众上报',
  superior: '上级交办',
}

class Way {
  readonly steps: PlannedStep[]
  #status: Status = 'reported'
  #afterS = 0

  constructor(reporter: string) {
    this.steps = [{ afterS: 0, actor: reporter, from: null, to: 'reported', dueAfterS: null, reason: null }]
  }

  go(to: Status, takesS: number, actor: string, reason: string | null = null, limitS: number | null = null) {
    this.#afterS += Math.max(30, Math.round(takesS))
    const dueAfterS = limitS === null ? null : this.#afterS + limitS
    this.steps.push({ afterS: this.#afterS, actor, from: this.#status, to, dueAfterS, reason })
    this.#status = to
  }
}
