// expect: runtime_error
// says: solution.cs:15
using System.Collections.Generic;
using System.Linq;

public class Solution
{
    public static List<string> RegattaTable(List<List<string>> races)
    {
        var total = new Dictionary<string, int>();
        foreach (List<string> race in races)
        {
            for (int place = 0; place < race.Count; place++)
            {
                total[race[place]] += place + 1;
            }
        }
        return total.Keys.OrderBy(boat => total[boat]).ToList();
    }
}
