// expect: wrong_answer
// says: value is "k3p2k", expected "k3 p2 k"
using System.Text;

public class Solution
{
    public static string KnittingInstructions(string row)
    {
        var pattern = new StringBuilder();
        for (int start = 0, end; start < row.Length; start = end)
        {
            end = start + 1;
            while (end < row.Length && row[end] == row[start]) end++;
            pattern.Append(row[start]);
            if (end - start > 1) pattern.Append(end - start);
        }
        return pattern.ToString();
    }
}
