// expect: wrong_answer
// says: value contains "sky-R", which is not expected
fun missingGloves(gloves: List<String>): List<String> {
    val over = mutableMapOf<String, Int>()
    for (glove in gloves) {
        val colour = glove.substringBefore('-')
        over[colour] = (over[colour] ?: 0) + if (glove.endsWith("L")) 1 else -1
    }
    return over.flatMap { (colour, count) -> List(Math.abs(count)) { if (count > 0) "$colour-R" else "$colour-L" } }
}
