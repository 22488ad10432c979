// expect: compile_error
// says: Parameter 'heights' implicitly has an 'any' type
function towers_reached(heights): number[] {
  return heights;
}
