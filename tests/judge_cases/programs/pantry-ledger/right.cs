// expect: accepted
using System.Collections.Generic;
using System.Linq;

public class Solution
{
    public static Dictionary<string, long> SettlePantry(List<string> entries)
    {
        var stock = new Dictionary<string, long>();
        foreach (string entry in entries)
        {
            string[] parts = entry.Substring(1).Split(new[] { ' ' }, 2);
            long amount = long.Parse(parts[0]);
            string item = parts[1];
            long here;
            stock.TryGetValue(item, out here);
            switch (entry[0])
            {
                case '+':
                    stock[item] = here + amount;
                    break;
                case '=':
                    stock[item] = amount;
                    break;
                default:
                    if (amount <= here) stock[item] = here - amount;
                    break;
            }
        }
        return stock.Where(pair => pair.Value > 0).ToDictionary(pair => pair.Key, pair => pair.Value);
    }
}
