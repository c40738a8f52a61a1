/** Scores over the runs, as points of a small drawing. */

import type { RunBrief } from './model'

export interface CurvePoint {
  id: string
  x: number
  y: number
  run: RunBrief
  accuracy: number
}

export interface Curve {
  points: CurvePoint[]
  /** Through all points, oldest first. */
  path: string
  /** Lines to read by, as shares of the held-out sentences. */
  marks: { y: number; value: number }[]
}

const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
const MOST_MARKS = 4

/** Runs without scores (under way, failed) are left out. Null with fewer than two: one point is no course. */
export function curveOf(history: readonly RunBrief[], width: number, height: number): Curve | null {
  const runs = history.flatMap((run) => (run.accuracy === null ? [] : [{ run, accuracy: run.accuracy }])).reverse()
  if (runs.length < 2) return null
  const values = runs.map(({ accuracy }) => accuracy)
  const spread = Math.max(...values) - Math.min(...values)
  const step = STEPS.find((each) => spread / each < MOST_MARKS - 1) ?? 1
  const low = Math.floor(Math.min(...values) / step + 1e-9) * step
  const high = Math.max(low + step, Math.ceil(Math.max(...values) / step - 1e-9) * step)
  const y = (value: number): number => height - ((value - low) / (high - low)) * height
  const points = runs.map(({ run, accuracy }, at) => ({ id: run.id, run, accuracy, x: (at / (runs.length - 1)) * width, y: y(accuracy) }))
  const marks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => ({ value: low + at * step, y: y(low + at * step) }))
  return { points, marks, path: points.map(({ x, y: top }, at) => `${at ? 'L' : 'M'}${x.toFixed(1)} ${top.toFixed(1)}`).join('') }
}
