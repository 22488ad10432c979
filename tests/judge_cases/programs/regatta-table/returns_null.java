// expect: wrong_answer
// says: value is null, expected list<string>
import java.util.List;

class Solution {
    static List<String> regattaTable(List<List<String>> races) {
        return null;
    }
}
