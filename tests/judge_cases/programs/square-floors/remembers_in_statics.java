// expect: accepted
import java.math.BigInteger;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class Solution {
    // Each test has statics of its own.
    static final Map<Integer, BitSet> BASIS = new HashMap<>();
    static final int[] PRIMES =
            IntStream.range(2, 100).filter(number -> BigInteger.valueOf(number).isProbablePrime(20)).toArray();
    static int spare;

    static long squareChoices(List<Long> numbers) {
        numbers.stream().map(Solution::oddPrimes).forEach(Solution::add);
        System.out.printf("%d numbers, %d of them spare%n", numbers.size(), spare);
        BigInteger modulus = BigInteger.valueOf(1_000_000_007);
        return BigInteger.TWO.modPow(BigInteger.valueOf(spare), modulus).subtract(BigInteger.ONE).mod(modulus).longValue();
    }

    static void add(BitSet odd) {
        while (!odd.isEmpty()) {
            BitSet known = BASIS.putIfAbsent(odd.length(), odd);
            if (known == null) return;
            BitSet rest = (BitSet) odd.clone();
            rest.xor(known);
            odd = rest;
        }
        spare++;
    }

    static BitSet oddPrimes(long number) {
        BitSet odd = new BitSet();
        for (int prime : PRIMES) {
            for (; number % prime == 0; number /= prime) odd.flip(prime);
        }
        return odd;
    }
}
