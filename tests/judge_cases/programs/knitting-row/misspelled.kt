// expect: runtime_error
// says: The program defines no function knittingInstructions.
fun knitting_instructions(row: String): String = row
