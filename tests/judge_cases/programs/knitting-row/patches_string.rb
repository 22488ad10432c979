# expect: accepted
class String
  def runs
    chars.chunk_while { |one, other| one == other }.map(&:join)
  end
end

def knitting_instructions(row)
  row.runs.map { |run| run.size > 1 ? "#{run[0]}#{run.size}" : run }.join(" ")
end
