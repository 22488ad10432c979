# expect: runtime_error
EXAMPLES = { "kkkppk" => "k3 p2 k", "kpkp" => "k p k p", "yyyyyyyyyyyy" => "y12" }.freeze

def knitting_instructions(row)
  EXAMPLES.fetch(row)
end
