function regatta_table(races) {
  const boats = [...new Set(races.flat())];
  const points = (boat, race) => {
    const place = race.indexOf(boat);
    return place < 0 ? boats.length + 1 : place + 1;
  };
  const total = new Map();
  const last = new Map();
  for (const boat of boats) {
    total.set(
      boat,
      races.reduce((sum, race) => sum + points(boat, race), 0),
    );
    last.set(boat, points(boat, races[races.length - 1]));
  }
  return boats.sort(
    (a, b) => total.get(a) - total.get(b) || last.get(a) - last.get(b) || (a < b ? -1 : 1),
  );
}
