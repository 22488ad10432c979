// expect: accepted
import java.math.BigInteger
import kotlin.math.absoluteValue

private const val MODULUS = 1_000_000_007L
private val primes by lazy { (2L..99L).filter { number -> (2L until number).none { number % it == 0L } } }

private fun Long.timesDivisible(by: Long) = generateSequence(this) { it / by }.takeWhile { it % by == 0L }.count()

private val Long.odd: Int
    get() = primes.foldIndexed(0) { place, odd, prime -> odd or ((timesDivisible(prime) and 1) shl place) }

sealed class Step {
    object Spare : Step()
    data class Row(val bits: Int) : Step()
}

class Basis {
    private val rows = sortedMapOf<Int, Int>()

    operator fun plusAssign(step: Step.Row) {
        rows[Integer.highestOneBit(step.bits)] = step.bits
    }

    fun step(odd: Int): Step {
        var bits = odd
        while (bits != 0) bits = bits xor (rows[Integer.highestOneBit(bits)] ?: return Step.Row(bits))
        return Step.Spare
    }
}

fun squareChoices(numbers: List<Long>): Long {
    val basis = Basis()
    var spare = 0L
    for (number in numbers) {
        when (val step = basis.step(number.absoluteValue.odd)) {
            is Step.Spare -> spare++
            is Step.Row -> basis += step
        }
    }
    println("$spare of ${numbers.size} are spare")
    val ways = BigInteger.valueOf(2).modPow(BigInteger.valueOf(spare), BigInteger.valueOf(MODULUS))
    return (ways.toLong() - 1 + MODULUS) % MODULUS
}
