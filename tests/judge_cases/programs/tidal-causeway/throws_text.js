// expect: runtime_error
// says: Uncaught 'the tide is in'
function minutes_to_cross(chart) {
  throw "the tide is in";
}
