function towers_reached(heights) {
  const count = heights.length;
  if (count === 0) return [];
  const stops = (heightAt) => {
    // Steps to the first strictly taller tower, walking the circle twice; 0 when there is none.
    const steps = new Array(count).fill(0);
    const stack = [];
    for (let place = 0; place < 2 * count; place++) {
      while (stack.length > 0 && heightAt(stack[stack.length - 1] % count) < heightAt(place % count)) {
        const waiting = stack.pop();
        if (waiting < count) steps[waiting] = place - waiting;
      }
      stack.push(place);
    }
    return steps;
  };
  const forward = stops((place) => heights[place]);
  const backward = stops((place) => heights[count - 1 - place]).reverse();
  return forward.map((steps, i) => (steps === 0 ? count - 1 : steps + backward[i] - 2));
}
