// expect: runtime_error
// says: solution.ts:12
interface Founder {
  cast: number;
  streak: number;
  rest: number;
}

function founders_finish(cast: number[], streak: number[], rest: number[], bells: number): number {
  const founders: Founder[] = cast.map((each, i) => ({ cast: each, streak: streak[i], rest: rest[i] }));
  const slowest: Founder = founders.find((founder) => founder.cast > 1_000_000)!;
  return bells * slowest.cast;
}
