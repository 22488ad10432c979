// expect: accepted
fun settlePantry(entries: List<String>): Map<String, Long> {
    val stock = mutableMapOf<String, Long>()
    for (entry in entries) {
        val amount = entry.drop(1).substringBefore(' ').toLong()
        val item = entry.substringAfter(' ')
        val here = stock[item] ?: 0
        stock[item] = when (entry[0]) {
            '+' -> here + amount
            '=' -> amount
            else -> if (amount <= here) here - amount else here
        }
    }
    return stock.filterValues { it > 0 }
}
