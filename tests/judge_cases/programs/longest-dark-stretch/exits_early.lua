-- expect: runtime_error
function expected_dark_stretch(lit)
  print(#lit)
  os.exit(0)
end
