// expect: wrong_answer
// says: value[0] is an int, expected string
function missing_gloves(gloves: string[]): string[] {
  const over: any = {};
  for (const glove of gloves) {
    const colour = glove.slice(0, -2);
    over[colour] = (over[colour] ?? 0) + (glove.endsWith("L") ? 1 : -1);
  }
  return Object.values(over).filter((by) => by !== 0) as any;
}
