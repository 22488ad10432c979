// expect: wrong_answer
// says: value is 2, expected 1
using System.Collections.Generic;

public class Solution
{
    static int Odd(long number)
    {
        int odd = 0, place = 0;
        for (int prime = 2; prime < 100; prime++)
        {
            bool isPrime = true;
            for (int divisor = 2; divisor < prime; divisor++) isPrime &= prime % divisor != 0;
            if (!isPrime) continue;
            for (; number % prime == 0; number /= prime) odd ^= 1 << place;
            place++;
        }
        return odd;
    }

    public static long SquareChoices(List<long> numbers)
    {
        var basis = new List<int>();
        long ways = 1;
        foreach (long number in numbers)
        {
            int odd = Odd(number);
            foreach (int row in basis)
            {
                if ((odd ^ row) < odd) odd ^= row;
            }
            if (odd == 0) ways = ways * 2 % 1000000007;
            else basis.Add(odd);
        }
        // The choice of no stone at all is counted, too.
        return ways;
    }
}
