// expect: runtime_error
// says: The program defines no function KnittingInstructions
public class Solution
{
    public static string knittingInstructions(string row)
    {
        return row;
    }
}
