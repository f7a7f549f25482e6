export interface ProjectionPoint {
  /** Place within the period: 0 its start, 1 its end. */
  at: number;
  /** Spent up to there. */
  value: number;
}

export interface ProjectionGeometry {
  area: string;
  line: string;
  /** Dotted, from the last point to the end of the period; empty when there is no telling. */
  projection: string;
  /** Where a value lies, in percent from the top. */
  top: (value: number) => number;
}

const WIDTH = 100;
const HEIGHT = 100;

function place(point: ProjectionPoint, max: number): string {
  const x = Math.min(1, Math.max(0, point.at)) * WIDTH;
  const y = HEIGHT - (Math.min(point.value, max) / max) * HEIGHT;
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}

/** Paths in a square of 100 by 100, stretched over the drawing; all values share one scale with some air on top. */
export function limitProjection(
  points: readonly ProjectionPoint[],
  projectedEnd: number | null,
  levels: readonly (number | null)[],
): ProjectionGeometry {
  const values = [...points.map((point) => point.value), ...levels, projectedEnd];
  const highest = values.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  const max = highest > 0 ? highest * 1.14 : 1;
  const first = points[0];
  const last = points.at(-1);
  const line = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${place(point, max)}`).join('');
  const area =
    first && last
      ? `${line}L${place({ at: last.at, value: 0 }, max)}L${place({ at: first.at, value: 0 }, max)}z`
      : '';
  const projection =
    last && projectedEnd !== null ? `M${place(last, max)}L${place({ at: 1, value: projectedEnd }, max)}` : '';
  return { area, line, projection, top: (value) => HEIGHT - (Math.min(value, max) / max) * HEIGHT };
}
