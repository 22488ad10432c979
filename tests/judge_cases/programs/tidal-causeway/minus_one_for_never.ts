// expect: wrong_answer
// says: value is -1, expected null
type Tile = readonly [number, number];

function minutes_to_cross(chart: string[]): number | null {
  const dry = ([y, x]: Tile, minute: number): boolean =>
    chart[y]?.[x] !== undefined && "SG.".concat(String(minute % 3)).includes(chart[y][x]);
  const y = chart.findIndex((row) => row.includes("S"));
  let frontier: Tile[] = [[y, chart[y].indexOf("S")]];
  const seen = new Set<string>();
  for (let minute = 1; frontier.length > 0; minute++) {
    const following: Tile[] = [];
    for (const [y, x] of frontier) {
      const near: Tile[] = [[y, x], [y - 1, x], [y + 1, x], [y, x - 1], [y, x + 1]];
      for (const tile of near.filter((tile) => dry(tile, minute))) {
        if (chart[tile[0]][tile[1]] === "G") return minute;
        const key = `${tile},${minute % 3}`;
        if (!seen.has(key)) {
          seen.add(key);
          following.push(tile);
        }
      }
    }
    frontier = following;
  }
  return -1;
}
