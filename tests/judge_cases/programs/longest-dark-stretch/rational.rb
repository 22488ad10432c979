# expect: wrong_answer
# says: value is a Rational, which no answer has
module Lamps
  def self.dark(lit)
    lit.map { |chance| 1 - chance.rationalize(1e-9.to_r) }
  end
end

def expected_dark_stretch(lit)
  Lamps.dark(lit).sum(0r)
end
