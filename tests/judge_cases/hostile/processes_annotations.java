// expect: accepted compile_error
// A processor would run within the compiler.
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.element.TypeElement;

@interface Harm {}

@SupportedAnnotationTypes("*")
class Processor extends AbstractProcessor {
  static {
    if (!System.getProperty("java.class.path").equals("/work")) throw new Error("the compiler runs this");
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Runtime.getRuntime().halt(1);
    return true;
  }
}

@Harm
class Solution {
  static long solve(long n) {
    return n + 1;
  }
}
