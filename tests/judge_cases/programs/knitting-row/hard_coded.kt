// expect: wrong_answer
val known = mapOf("kkkppk" to "k3 p2 k", "kpkp" to "k p k p", "yyyyyyyyyyyy" to "y12")

fun knittingInstructions(row: String): String = known[row] ?: row
