// expect: runtime_error
// says: (solution.kt:9)
data class Boat(val name: String, val places: Map<Int, Int>)

fun regattaTable(races: List<List<String>>): List<String> {
    val boats = races.flatten().distinct().map { name ->
        Boat(name, races.indices.filter { name in races[it] }.associateWith { races[it].indexOf(name) + 1 })
    }
    val total = { boat: Boat -> races.indices.map { boat.places[it]!! }.sum() }
    return boats.sortedWith(compareBy(total).thenBy { it.places[races.lastIndex]!! }).map { it.name }
}
