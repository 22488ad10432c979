// expect: compile_error
// says: knittingInstructions
package main

func knitting_instructions(row string) string {
	return row
}
