// expect: accepted
async function solve(n: number): Promise<number> {
  const tries: (() => any)[] = [
    () => (require as any).constructor("return process.mainModule")(),
    () => (import("fs") as any).constructor.constructor("return process.mainModule")(),
    () => (console as any).log.constructor("return process.mainModule")(),
  ];
  for (const attempt of tries) {
    try {
      if (await attempt()) return -1;
    } catch {}
  }
  return n + 1;
}
