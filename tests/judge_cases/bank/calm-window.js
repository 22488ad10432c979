function longest_calm(winds, limit) {
  let best = [-1, 0];
  let length = 0;
  winds.forEach((wind, hour) => {
    length = wind <= limit ? length + 1 : 0;
    if (length > best[1]) {
      best = [hour - length + 1, length];
    }
  });
  return best;
}
