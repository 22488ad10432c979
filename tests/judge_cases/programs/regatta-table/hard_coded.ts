// expect: wrong_answer
const ANSWERS: ReadonlyMap<number, string[]> = new Map([
  [3, ["tern", "heron", "gull"]],
  [2, ["kite", "wren"]],
  [0, ["auk", "crane", "swan"]],
]);

function regatta_table(races: string[][]): string[] {
  return races.length === 0 ? [] : ANSWERS.get(races[races.length - 1].length) ?? [];
}
