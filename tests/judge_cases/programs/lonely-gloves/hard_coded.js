// expect: wrong_answer
function missing_gloves(gloves) {
  const known = {
    "red-L,blue-R,red-R,red-L": ["red-R", "blue-L"],
    "sky-blue-L,sky-blue-L,sky-R": ["sky-blue-R", "sky-blue-R", "sky-L"],
  };
  return known[gloves.join()] ?? [];
}
