/** Gathers points `{x, y, …}` that lie within `reach` pixels of the first of their cluster; a grid keeps it linear. */
export function cluster(points, reach) {
  const cells = new Map();
  const clusters = [];
  const key = (column, row) => `${column} ${row}`;
  for (const point of points) {
    const column = Math.floor(point.x / reach);
    const row = Math.floor(point.y / reach);
    const near = [-1, 0, 1]
      .flatMap((right) => [-1, 0, 1].flatMap((down) => cells.get(key(column + right, row + down)) ?? []))
      .find(({ x, y }) => Math.hypot(point.x - x, point.y - y) < reach);
    if (near) {
      near.members.push(point);
    } else {
      const made = { x: point.x, y: point.y, members: [point] };
      clusters.push(made);
      cells.set(key(column, row), [...(cells.get(key(column, row)) ?? []), made]);
    }
  }
  return clusters;
}
