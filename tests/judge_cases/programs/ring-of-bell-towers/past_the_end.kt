// expect: runtime_error
// says: (solution.kt:6)
fun towersReached(heights: List<Long>): List<Long> =
    heights.mapIndexed { i, height ->
        var next = i + 1
        while (heights[next] <= height) next++
        (next - i - 1).toLong()
    }
