// expect: runtime_error
// says: System.NullReferenceException
using System.Collections.Generic;

public class Solution
{
    class Tile
    {
        public char Kind;
        public Tile Right;
    }

    public static long? MinutesToCross(List<string> chart)
    {
        Tile first = null;
        for (int x = chart[0].Length - 1; x >= 0; x--) first = new Tile { Kind = chart[0][x], Right = first };
        long minutes = 0;
        while (first.Right.Kind != '#')
        {
            first = first.Right;
            minutes++;
        }
        return minutes;
    }
}
