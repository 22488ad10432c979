// expect: compile_error
// says: knitting_instructions
String knitting_instruction(String row) { return row; }
