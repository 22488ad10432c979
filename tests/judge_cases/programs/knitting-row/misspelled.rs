// expect: compile_error
// says: knitting_instructions
pub fn knitting_instruction(row: String) -> String {
    row
}
