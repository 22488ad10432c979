// expect: accepted
class Drawer {
  #over = new Map();

  put(label) {
    const [, colour, side] = label.match(/^(.*)-([LR])$/su);
    this.#over.set(colour, (this.#over.get(colour) ?? 0) + (side === "L" ? 1 : -1));
  }

  *missing() {
    for (const [colour, by] of this.#over) {
      for (let i = 0; i < Math.abs(by); i++) yield `${colour}-${by > 0 ? "R" : "L"}`;
    }
  }
}

function missing_gloves(gloves) {
  const drawer = new Drawer();
  gloves.forEach((glove) => drawer.put(glove));
  return [...drawer.missing()].reverse();
}
