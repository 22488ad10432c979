function missing_gloves(gloves) {
  const leftsOver = new Map();
  for (const glove of gloves) {
    const colour = glove.slice(0, -2);
    const step = glove.endsWith("L") ? 1 : -1;
    leftsOver.set(colour, (leftsOver.get(colour) ?? 0) + step);
  }
  const missing = [];
  for (const [colour, surplus] of leftsOver) {
    const label = `${colour}-${surplus > 0 ? "R" : "L"}`;
    for (let i = 0; i < Math.abs(surplus); i++) {
      missing.push(label);
    }
  }
  return missing;
}
