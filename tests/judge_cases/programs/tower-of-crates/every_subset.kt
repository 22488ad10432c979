// expect: time_limit
class Crate(val weight: Long, val strength: Long, val value: Long)

fun best(crates: List<Crate>, next: Int, load: Long, worth: Long, stands: Boolean): Long {
    val crate = crates.getOrNull(next) ?: return if (stands) worth else 0
    val with = best(crates, next + 1, load + crate.weight, worth + crate.value, stands && load <= crate.strength)
    return maxOf(with, best(crates, next + 1, load, worth, stands))
}

fun bestTower(weights: List<Long>, strengths: List<Long>, values: List<Long>): Long {
    val crates = weights.indices.map { Crate(weights[it], strengths[it], values[it]) }
    return best(crates.sortedBy { it.weight + it.strength }, 0, 0, 0, true)
}
