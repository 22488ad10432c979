// expect: compile_error
// says: Solution.java:13
class Solution {
    static String knittingInstructions(String row) {
        if (!row.isEmpty()) {
            StringBuilder pattern = new StringBuilder();
            for (String group : row.split("(?<=(.))(?!\\1)")) {
                if (pattern.length() > 0) pattern.append(' ');
                pattern.append(group.charAt(0)).append(group.length() > 1 ? group.length() : "");
            }
            return pattern.toString();
        }
    }
}
