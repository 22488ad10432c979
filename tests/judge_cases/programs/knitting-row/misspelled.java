// expect: runtime_error
// says: The program defines no function knittingInstructions.
class Solution {
    static String knitting_instructions(String row) {
        return row;
    }
}
